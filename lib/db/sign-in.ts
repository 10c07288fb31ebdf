import { randomBytes } from 'node:crypto';
import { and, gt, isNull, sql } from 'drizzle-orm';
import 'server-only';
import { signInLinks } from '../../drizzle/schema.ts';
import { hashOf } from '../secrets.ts';
import { countRows, db } from './client.ts';

const linkMinutes = 15;

/** The secret of a new one-time link; only its hash is kept. Links that ran out an hour ago are swept on the way. */
export async function newSignInToken(): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await countRows(sql`
    with swept as (delete from sign_in_links where expires_at < now() - interval '1 hour')
    insert into sign_in_links (hash, expires_at)
    values (${hashOf(token)}, now() + make_interval(mins => ${linkMinutes}::int)) returning hash`);
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
