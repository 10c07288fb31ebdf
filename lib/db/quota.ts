import { sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { SignedIn } from '../viewer.ts';
import { execute } from './client.ts';
import { harnessChanged } from './evaluation-state.ts';
import { countTry } from './tries.ts';
import { iso } from './values.ts';

/** Evaluations a day, by kind of suite; `core` suites train two orders of magnitude longer. */
const limitOf = (suiteId: string) => (isSmoke(suiteId) ? 30 : 5);

const isSmoke = (suiteId: string) => suiteId.startsWith('smoke-');

/** One quota holds for all smoke suites together, and one for each other suite. */
const countedWith = (suiteId: string) => (isSmoke(suiteId) ? sql`suite like 'smoke-%'` : sql`suite = ${suiteId}`);

/** `limit` null: none. `nextAt`: when the oldest counted one is a day old, where none is left. */
export type Quota = { limit: number | null; used: number; left: number | null; nextAt: string | null };

/**
 * How many evaluations of this suite the user may still ask for. Counted are those of the last 24 hours, also where the
 * submission was withdrawn or not admitted since; not those that our side gave up, or began anew by another harness.
 * Whoever came by the local link has no limit.
 */
export async function quotaOf(user: SignedIn, suiteId: string): Promise<Quota> {
  if (user.local) return { limit: null, used: 0, left: null, nextAt: null };
  const limit = limitOf(suiteId);
  const [counted] = await execute(
    z.object({ used: z.int(), nextAt: z.iso.datetime().nullable() }),
    sql`
    select count(*)::int as used, ${iso(sql`min(created_at) + interval '1 day'`)} as "nextAt" from evaluations e
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
