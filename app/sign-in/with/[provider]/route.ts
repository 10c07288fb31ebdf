import { beginSignIn, signInProviders } from '@/lib/auth.ts';
import { AppError } from '@/lib/errors.ts';
import { guarded } from '@/lib/http.ts';
import { requireSameOrigin } from '@/lib/site-origin.ts';

/**
 * POST: sends the browser to the provider, which sends it back to next-auth's callback. 404 for a provider that is not
 * configured.
 */
export const POST = guarded<{ provider: string }>(async (request, { params }) => {
  requireSameOrigin(request.headers);
  const { provider } = await params;
  const known = signInProviders().find(({ id }) => id === provider);
  if (!known) throw new AppError('not-found', 'This site has no such provider.');
  return beginSignIn(known.id, request.headers);
});
