import { route } from '@/lib/api/route.ts';
import { hasLocalLink } from '@/lib/auth.ts';
import { LinkRequest } from '@/lib/contract/api.ts';
import { spendSignInToken } from '@/lib/db/sign-in.ts';
import { createToken, scopesFor } from '@/lib/db/tokens.ts';
import { findUser, localIdentity, userOf } from '@/lib/db/users.ts';
import { AppError } from '@/lib/errors.ts';
import { body } from '@/lib/http.ts';
import { requireOwnHost } from '@/lib/site-origin.ts';

const days = 90;

/**
 * POST: trades a one-time sign-in link for a token, which is shown this once. 410 for a link that was used or has run
 * out.
 */
export const POST = route('POST /api/v1/tokens', async (request) => {
  requireOwnHost(request.headers);
  const { link } = await body(request, LinkRequest);
  if (!hasLocalLink())
    throw new AppError('gone', 'This site has no sign-in links; sign in on its pages, or by the device flow.');
  if (!(await spendSignInToken(tokenIn(link))))
    throw new AppError('gone', 'This sign-in link was used before, or has run out; a new one is wanted.');
  const user = (await findUser(await userOf(localIdentity)))!;
  const scopes = scopesFor(user);
  const token = await createToken(user, { name: 'Command line', scopes, days });
  return Response.json({ token, user: user.name, scopes }, { status: 201 });
});

/** Of the whole link or of its secret alone. */
function tokenIn(link: string): string {
  return URL.canParse(link) ? (new URL(link).searchParams.get('token') ?? '') : link;
}
