import { randomBytes } from 'node:crypto';
import { and, gt, isNull, sql } from 'drizzle-orm';
import 'server-only';
import { signInLinks } from '../../drizzle/schema.ts';
import { hashOf } from '../secrets.ts';
import { countRows, db } from './client.ts';

const linkMinutes = 15;

/** The secret of a new one-time link; only its hash is kept. */
export async function newSignInToken(): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await (await db())
    .insert(signInLinks)
    .values({ hash: hashOf(token), expiresAt: sql`now() + make_interval(mins => ${linkMinutes}::int)` });
  return token;
}

/** True once, within 15 minutes of its making: of two who try at once, one succeeds. */
export async function spendSignInToken(token: string): Promise<boolean> {
  const used = await countRows(sql`
    update sign_in_links set used_at = now() where hash = ${hashOf(token)} and used_at is null and expires_at > now() returning hash`);
  return used === 1;
}

/** Whether the link would still work; asking does not use it up. */
export async function isSignInTokenGood(token: string): Promise<boolean> {
  const [found] = await (await db())
    .select({ hash: signInLinks.hash })
    .from(signInLinks)
    .where(
      and(
        sql`${signInLinks.hash} = ${hashOf(token)}`,
        isNull(signInLinks.usedAt),
        gt(signInLinks.expiresAt, sql`now()`),
      ),
    );
  return found !== undefined;
}
