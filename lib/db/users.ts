import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { accounts, users } from '../../drizzle/schema.ts';
import { env } from '../env.ts';
import { AppError } from '../errors.ts';
import { goneName, houseName, isOwnName, personDefect, personName } from '../person-name.ts';
import type { SignedIn } from '../viewer.ts';
import { countRows, db, execute, oneAtATime } from './client.ts';
import { keptQuota } from './quota.ts';
import { keptSlots } from './season-slots.ts';

/**
 * Who a provider says someone is. The key is provider and subject; e-mail is never one, and accounts are never linked
 * by it.
 */
export type Identity = { provider: string; subject: string; name: string; email: string | null };

/** The harness's own user: it owns the reference defenses. Nobody signs in as it. */
export const houseIdentity: Identity = { provider: 'antidote', subject: 'antidote', name: houseName, email: null };
/** Whoever holds the link that a site on loopback printed: the machine's owner. */
export const localIdentity: Identity = {
  provider: 'local-link',
  subject: 'local',
  name: 'Local researcher',
  email: null,
};

/**
 * The user's id, made at the first sight of the identity. Of two who come at once, one makes the account and both get
 * it.
 */
export async function userOf({ provider, subject, name: given, email }: Identity): Promise<string> {
  const name =
    provider === houseIdentity.provider ? given : (strangersName(given) ?? strangersName(subject) ?? 'Anonymous');
  const made = await execute(
    z.object({ id: z.uuid() }),
    sql`
    with known as (select user_id from accounts where provider = ${provider} and subject = ${subject}),
    made as (insert into users (name, email) select ${name}, ${email} where not exists (select 1 from known) returning id),
    linked as (
      insert into accounts (provider, subject, user_id) select ${provider}, ${subject}, id from made
      on conflict (provider, subject) do nothing returning user_id)
    select user_id as id from known union all select user_id as id from linked`,
  );
  return made[0]?.id ?? (await accountOf(provider, subject))!;
}

/** As it is kept; null where people can't read what is left of it, or it reads like one of the site's own. */
function strangersName(text: string): string | null {
  const name = personName(text);
  return personDefect(name) !== null || isOwnName(name) ? null : name;
}

async function accountOf(provider: string, subject: string): Promise<string | undefined> {
  const [account] = await (await db())
    .select({ userId: accounts.userId })
    .from(accounts)
    .where(and(eq(accounts.provider, provider), eq(accounts.subject, subject)));
  return account?.userId;
}

/** The user as a viewer, or null for one who deleted the account. */
export const findUser = (id: string): Promise<SignedIn | null> => viewerWhere(eq(users.id, id));

/** The user of whom that holds, as a viewer; null where there is none, or the account was deleted. */
export async function viewerWhere(condition: SQL | undefined): Promise<SignedIn | null> {
  const rows = await (await db())
    .select({
      id: users.id,
      name: users.name,
      role: users.role,
      provider: accounts.provider,
      subject: accounts.subject,
    })
    .from(users)
    .leftJoin(accounts, eq(accounts.userId, users.id))
    .where(and(condition, isNull(users.deletedAt)));
  const [user] = rows;
  if (!user) return null;
  const local = rows.some(({ provider }) => provider === localIdentity.provider);
  const named = env()
    .ANTIDOTE_ORGANIZERS.split(',')
    .map((entry) => entry.trim());
  const organizer =
    local ||
    user.role === 'organizer' ||
    rows.some(({ provider, subject }) => named.includes(`${provider}:${subject}`));
  return { id: user.id, name: user.name, role: organizer ? 'organizer' : 'researcher', local };
}

/** Throws `invalid` for a name that people can't read, or one that reads like the site's own. */
export async function renameUser(viewer: SignedIn, text: string): Promise<void> {
  const name = personName(text);
  const defect = personDefect(name);
  if (defect && name !== '') throw new AppError('invalid', `Another name is wanted: ${defect}.`);
  if (defect || isOwnName(name)) throw new AppError('invalid', 'A name of your own is wanted.');
  await (await db()).update(users).set({ name }).where(eq(users.id, viewer.id));
}

/**
 * Forgets name, e-mail, ways to sign in, sessions and tokens, and who wrote what; scores stay, under "withdrawn
 * author". What was used of the quota is kept for a day, and the slots in open seasons until their close, under a hash.
 * One statement, in turn with those who enter a season.
 */
export const deleteAccount = (viewer: SignedIn): Promise<void> => oneAtATime(() => forget(viewer));

async function forget(viewer: SignedIn): Promise<void> {
  const [quota, slots] = [await keptQuota(viewer.id), await keptSlots(viewer.id)];
  await countRows(sql`
    with kept as (${quota}), slots as (${slots}), person as (update users set name = ${goneName}, email = null, role = 'researcher', deleted_at = now() where id = ${viewer.id} returning id),
    ways as (delete from accounts where user_id = ${viewer.id}),
    browsers as (delete from sessions where user_id = ${viewer.id}),
    keys as (update tokens set revoked_at = coalesce(revoked_at, now()), name = 'deleted' where user_id = ${viewer.id})
    update submissions set card = jsonb_set(card, '{authors}', '[]'::jsonb) where owner_id in (select id from person)`);
}
