import 'server-only';
import { currentViewer } from './auth.ts';
import type { TokenScope } from './contract/ids.ts';
import { findToken } from './db/tokens.ts';
import { findUser } from './db/users.ts';
import { AppError } from './errors.ts';
import { requireSameOrigin } from './site-origin.ts';
import type { SignedIn, Viewer } from './viewer.ts';

/** `scopes`: what the token is for; null of a cookie, which is good for all. */
type Known = { user: SignedIn; scopes: readonly TokenScope[] | null };

/**
 * Who calls an endpoint: by token, or by cookie, which must come from our own pages where something is changed. Null
 * where nobody is named. A token that is wrong is refused, not ignored.
 */
async function identified(request: Request): Promise<Known | null> {
  const given = request.headers.get('authorization');
  if (given === null) {
    const user = await currentViewer();
    if (user && request.method !== 'GET' && request.method !== 'HEAD') requireSameOrigin(request.headers);
    return user && { user, scopes: null };
  }
  const bearer = given.match(/^bearer +(\S+) *$/i)?.[1];
  if (!bearer) throw unauthenticated('The header Authorization wants Bearer and a token.');
  const token = await findToken(bearer);
  const user = token && (await findUser(token.userId));
  if (!token || !user) throw unauthenticated('The token is not known, was revoked or has run out.');
  return { user, scopes: token.scopes };
}

/** Who looks at what anybody may see: whose token is not for reading sees what anybody sees. */
export async function reader(request: Request): Promise<Viewer> {
  const known = await identified(request);
  return known && (known.scopes?.includes('read') ?? true) ? known.user : null;
}

/** Who calls, by a token for whatever. Throws `unauthenticated` where nobody is named. */
export async function requireKnown(request: Request): Promise<Known> {
  const known = await identified(request);
  if (!known) throw unauthenticated('A token is wanted, in the header Authorization: Bearer ….');
  return known;
}

/** The same by a token that is for this. Throws `forbidden` where it is not. */
export async function requireCaller(request: Request, scope: TokenScope): Promise<SignedIn> {
  const { user, scopes } = await requireKnown(request);
  if (scopes && !scopes.includes(scope))
    throw new AppError(
      'forbidden',
      `The token is not for this: it wants the scope '${scope}' and has ${scopes.join(', ')}.`,
    );
  return user;
}

const unauthenticated = (message: string) =>
  new AppError('unauthenticated', message, { 'www-authenticate': 'Bearer realm="antidote"' });
