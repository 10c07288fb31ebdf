import { signInByLink } from '@/lib/auth.ts';
import { bytesOf, guarded } from '@/lib/http.ts';
import { requireOwnHost, requireSameOrigin } from '@/lib/site-origin.ts';

/**
 * POST, from the button of the page that a link opens: uses the link up. To the board; back to the page, which says
 * why, where it was used before.
 */
export const POST = guarded(async (request) => {
  requireOwnHost(request.headers);
  requireSameOrigin(request.headers);
  const form = new URLSearchParams(new TextDecoder().decode(await bytesOf(request, 1024)));
  const token = form.get('token') ?? '';
  const location = (await signInByLink(token)) ? '/' : `/sign-in?token=${encodeURIComponent(token)}`;
  return new Response(null, { status: 303, headers: { location } });
});
