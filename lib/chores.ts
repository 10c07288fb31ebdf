import { join } from 'node:path';
import 'server-only';
import { env } from './env.ts';
import { AppError } from './errors.ts';
import { readSecret } from './secret-file.ts';
import { equalSecrets } from './secrets.ts';
import { isOnLoopback, requireOwnHost } from './site-origin.ts';

/** Throws unless the caller can read ANTIDOTE_DATA on this very machine: over loopback, with the secret that lies there. */
export function requireChoreSecret(request: Request): void {
  requireOwnHost(request.headers);
  const secret = isOnLoopback() ? readSecret(join(env().ANTIDOTE_DATA, 'chores.secret')) : null;
  const given = request.headers.get('authorization')?.match(/^Bearer (\S+)$/)?.[1];
  if (!secret || !given || !equalSecrets(given, secret))
    throw new AppError('unauthenticated', 'Chores want the secret that lies in ANTIDOTE_DATA, over loopback.');
}
