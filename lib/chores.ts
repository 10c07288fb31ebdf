import { join } from 'node:path';
import 'server-only';
import { env } from './env.ts';
import { AppError } from './errors.ts';
import { readSecret } from './secret-file.ts';
import { equalSecrets } from './secrets.ts';
import { requireOwnHost } from './site-origin.ts';

/**
 * The longest body of a chore that brings a season's undefended numbers: 40 cells, ten seeds and two engines take 6 MB.
 */
export const seasonBytes = 64 * 1024 * 1024;

/**
 * Throws unless the caller can read ANTIDOTE_DATA, where the secret lies: somebody on this very machine, whom the site
 * may serve on other addresses too.
 */
export function requireChoreSecret(request: Request): void {
  requireOwnHost(request.headers);
  const secret = env().VERCEL ? null : readSecret(join(env().ANTIDOTE_DATA, 'chores.secret'));
  const given = request.headers.get('authorization')?.match(/^Bearer (\S+)$/)?.[1];
  if (!secret || !given || !equalSecrets(given, secret))
    throw new AppError('unauthenticated', 'Chores want the secret that lies in ANTIDOTE_DATA.');
}
