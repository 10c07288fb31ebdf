import { route } from '@/lib/api/route.ts';
import { hasLocalLink } from '@/lib/auth.ts';
import { requireChoreSecret } from '@/lib/chores.ts';
import { newSignInToken } from '@/lib/db/sign-in.ts';
import { AppError } from '@/lib/errors.ts';
import { siteOrigin } from '@/lib/site-origin.ts';

/** POST: a new one-time link, good for 15 minutes. 403 on a site with providers. */
export const POST = route('POST /api/chores/sign-in-link', async (request) => {
  requireChoreSecret(request);
  if (!hasLocalLink())
    throw new AppError(
      'forbidden',
      'A site with sign-in providers, or one that others can reach, has no sign-in links.',
    );
  return Response.json({ link: `${siteOrigin()}/sign-in?token=${await newSignInToken()}` });
});
