import { eq, type SQL, sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { accounts } from '../../drizzle/schema.ts';
import { AppError } from '../errors.ts';
import { hashOf } from '../secrets.ts';
import type { SignedIn } from '../viewer.ts';
import { db, execute } from './client.ts';
import { harnessChanged } from './course.ts';
import { countTry } from './tries.ts';
import { iso, textArray } from './values.ts';

/** Evaluations a day: on all smoke suites together, and on each other one, which trains a hundred times as long. */
export const dailyLimit = { smoke: 30, core: 5 } as const;

const limitOf = (suiteId: string) => (isSmoke(suiteId) ? dailyLimit.smoke : dailyLimit.core);

const isSmoke = (suiteId: string) => suiteId.startsWith('smoke-');

/** One quota holds for all smoke suites together, and one for each other suite. */
const countedWith = (suiteId: string) => (isSmoke(suiteId) ? sql`suite like 'smoke-%'` : sql`suite = ${suiteId}`);

/**
 * The door of `tries` under which a deleted account's evaluations of the last day stand, for those that count with it.
 */
const doorOf = (suite: SQL) => sql`'quota ' || case when ${suite} like 'smoke-%' then 'smoke' else ${suite} end`;

/** By which a person is known who deletes an account and comes back: hashes. */
export async function keysOf(userId: string): Promise<string[]> {
  const ways = await (await db())
    .select({ provider: accounts.provider, subject: accounts.subject })
    .from(accounts)
    .where(eq(accounts.userId, userId));
  return ways.map(({ provider, subject }) => hashOf(`account ${provider} ${subject}`));
}

/**
 * Keeps for a day, under a hash of who it is, what an account that is about to be deleted has used of its quota: a CTE.
 * Else whoever deletes an account and makes it again would have no limit.
 */
export async function keptQuota(userId: string): Promise<SQL> {
  const keys = await keysOf(userId);
  return sql`
    insert into tries as t (door, who, count, began_at)
    select ${doorOf(sql`e.suite`)}, k.who, count(*)::int, max(e.created_at) from evaluations e, unnest(${textArray(keys)}) k(who)
    where e.requested_by = ${userId}::uuid and e.created_at > now() - interval '1 day' group by 1, 2
    on conflict (door, who) do update set began_at = excluded.began_at,
      count = excluded.count + case when t.began_at > now() - interval '1 day' then t.count else 0 end`;
}

/** `limit` null: none. `nextAt`: when the oldest counted one is a day old, where none is left. */
export type Quota = { limit: number | null; used: number; left: number | null; nextAt: string | null };

/**
 * How many evaluations of this suite the user may still ask for. Counted are those of the last 24 hours, also where the
 * submission was withdrawn or not admitted since, or asked for by an account of the same person's that was deleted; not
 * those that our side gave up, or began anew by another harness.
 * Whoever came by the local link has no limit.
 */
export async function quotaOf(user: SignedIn, suiteId: string): Promise<Quota> {
  if (user.local) return { limit: null, used: 0, left: null, nextAt: null };
  const limit = limitOf(suiteId);
  const keys = await keysOf(user.id);
  const [counted] = await execute(
    z.object({ used: z.int(), nextAt: z.iso.datetime().nullable() }),
    sql`
    with kept as (
      select count, began_at from tries
      where door = ${doorOf(sql`${suiteId}::text`)} and who = any(${textArray(keys)}) and began_at > now() - interval '1 day'
    )
    select (count(*) + coalesce((select sum(count) from kept), 0))::int as used,
      ${iso(sql`least(min(created_at), (select min(began_at) from kept)) + interval '1 day'`)} as "nextAt" from evaluations e
    where requested_by = ${user.id}::uuid and ${countedWith(suiteId)} and created_at > now() - interval '1 day'
      and not exists (
        select 1 from evaluation_jobs ej join jobs j on j.id = ej.job_id where ej.evaluation_id = e.id
          and (j.state = 'dead' or (j.state = 'cancelled' and j.cancel_reason = ${harnessChanged})))`,
  );
  const left = Math.max(0, limit - counted!.used);
  return { limit, used: counted!.used, left, nextAt: left === 0 ? counted!.nextAt : null };
}

/**
 * Counts a module that a user hands in from this address, whatever becomes of it: one that is refused, or was handed in
 * before, has to be read too. Throws `too-many` for more than 60 by a user or 300 from an address within ten minutes.
 */
export async function countUpload(user: SignedIn, address: string): Promise<void> {
  if (user.local) return;
  await countTry('upload', [
    { who: `user ${user.id}`, limit: 60 },
    { who: `address ${address}`, limit: 300 },
  ]);
}

/** Throws `too-many` where none is left, with the time of the next one. */
export async function requireQuota(user: SignedIn, suiteId: string): Promise<void> {
  const { limit, left, nextAt } = await quotaOf(user, suiteId);
  if (left === 0 && nextAt)
    throw new AppError(
      'too-many',
      `You have asked for ${limit} evaluations on ${suiteId} within a day; the next one is possible at ${nextAt}.`,
      {
        'retry-after': String(Math.max(1, Math.ceil((Date.parse(nextAt) - Date.now()) / 1000))),
      },
    );
}
