import 'server-only';
import { currentViewer } from './auth.ts';
import type { TokenScope } from './contract/ids.ts';
import { findToken } from './db/tokens.ts';
import { findUser } from './db/users.ts';
import { AppError } from './errors.ts';
import { requireSameOrigin } from './site-origin.ts';
import type { SignedIn, Viewer } from './viewer.ts';

/**
 * Who calls an endpoint: by token, which must be good for `scope`, or by cookie, which must come from our own pages
 * where something is changed. A token that is wrong is refused, not ignored.
 */
export async function caller(request: Request, scope: TokenScope): Promise<Viewer> {
  const given = request.headers.get('authorization');
  if (given === null) {
    const user = await currentViewer();
    if (user && request.method !== 'GET' && request.method !== 'HEAD') requireSameOrigin(request.headers);
    return user;
  }
  const bearer = given.match(/^bearer +(\S+) *$/i)?.[1];
  if (!bearer) throw unauthenticated('The header Authorization wants Bearer and a token.');
  const token = await findToken(bearer);
  const user = token && (await findUser(token.userId));
  if (!token || !user) throw unauthenticated('The token is not known, was revoked or has run out.');
  if (!token.scopes.includes(scope))
    throw new AppError(
      'forbidden',
      `The token is not for this: it wants the scope '${scope}' and has ${token.scopes.join(', ')}.`,
    );
  return user;
}

/** Throws `unauthenticated` where nobody calls. */
export async function requireCaller(request: Request, scope: TokenScope): Promise<SignedIn> {
  const viewer = await caller(request, scope);
  if (!viewer) throw unauthenticated('A token is wanted, in the header Authorization: Bearer ….');
  return viewer;
}

const unauthenticated = (message: string) =>
  new AppError('unauthenticated', message, { 'www-authenticate': 'Bearer realm="antidote"' });
