import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { tokens } from '../../drizzle/schema.ts';
import { TokenScope, tokenLimit } from '../contract/ids.ts';
import { AppError } from '../errors.ts';
import { hashOf, isApiToken, newApiToken } from '../secrets.ts';
import type { SignedIn } from '../viewer.ts';
import { countRows, db, execute, oneAtATime } from './client.ts';
import { textArray } from './values.ts';

/** What a token may be for: only an organizer's can give orders to runners. */
export const scopesFor = ({ role }: SignedIn): readonly TokenScope[] =>
  TokenScope.options.filter((scope) => scope !== 'runner-admin' || role === 'organizer');

/** The token's text is handed out here once; only its hash is kept. Throws `too-many` for a user who has 100. */
export async function createToken(
  viewer: SignedIn,
  { name, scopes, days }: { name: string; scopes: readonly TokenScope[]; days: number },
): Promise<string> {
  const token = newApiToken();
  const made = await oneAtATime(() =>
    countRows(sql`
      insert into tokens (user_id, name, hash, scopes, expires_at)
      select ${viewer.id}::uuid, ${name}, ${hashOf(token)}, ${textArray(scopes)}, now() + make_interval(days => ${days}::int)
      where (select count(*) from tokens where user_id = ${viewer.id}::uuid and revoked_at is null
        and (expires_at is null or expires_at > now())) < ${tokenLimit}::int
      returning id`),
  );
  if (made === 0) throw new AppError('too-many', `You have ${tokenLimit} tokens; revoke one that you do not use.`);
  return token;
}

const Holder = z.object({ userId: z.uuid(), scopes: z.array(TokenScope) });

/**
 * Whose token it is and what for, or null for one that is none, is revoked or has run out. Its last use is noted to the
 * minute.
 */
export async function findToken(text: string): Promise<z.infer<typeof Holder> | null> {
  if (!isApiToken(text)) return null;
  const [found] = await execute(
    Holder,
    sql`
    with found as (
      select id, user_id, scopes, last_used_at from tokens
      where hash = ${hashOf(text)} and revoked_at is null and (expires_at is null or expires_at > now())),
    used as (
      update tokens set last_used_at = now() from found
      where tokens.id = found.id and (found.last_used_at is null or found.last_used_at < now() - interval '1 minute'))
    select user_id as "userId", scopes from found`,
  );
  return found ?? null;
}

export type TokenRow = Pick<
  typeof tokens.$inferSelect,
  'id' | 'name' | 'scopes' | 'createdAt' | 'expiresAt' | 'lastUsedAt'
>;

/** The viewer's own that are not revoked, newest first. */
export async function tokensOf(viewer: SignedIn): Promise<TokenRow[]> {
  const { id, name, scopes, createdAt, expiresAt, lastUsedAt } = tokens;
  return (await db())
    .select({ id, name, scopes, createdAt, expiresAt, lastUsedAt })
    .from(tokens)
    .where(and(eq(tokens.userId, viewer.id), isNull(tokens.revokedAt)))
    .orderBy(desc(tokens.createdAt));
}

/** One's own only; at once. An id that is no UUID names none. */
export async function revokeToken(viewer: SignedIn, id: string): Promise<void> {
  if (!z.uuid().safeParse(id).success) return;
  await (await db())
    .update(tokens)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(tokens.id, id), eq(tokens.userId, viewer.id), isNull(tokens.revokedAt)));
}
