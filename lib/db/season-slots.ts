import { type SQL, sql } from 'drizzle-orm';
import 'server-only';
import { keysOf } from './quota.ts';
import { textArray } from './values.ts';

/** How many slots of a season accounts of the same person had taken that were deleted since: a number. */
export const slotsBefore = async (userId: string, season: SQL): Promise<SQL> =>
  sql`coalesce((select max(taken) from season_slots where season = ${season} and who = any(${textArray(await keysOf(userId))})), 0)`;

/**
 * Keeps until a season's close, under a hash of who it is, which of its slots an account that is about to be deleted
 * has taken: a CTE. Else whoever deletes an account and makes it again would enter twice more.
 */
export async function keptSlots(userId: string): Promise<SQL> {
  const keys = await keysOf(userId);
  return sql`
    insert into season_slots as t (season, who, taken)
    select e.season, k.who, max(e.slot) from season_entries e join seasons n on n.name = e.season, unnest(${textArray(keys)}) k(who)
    where e.author_id = ${userId}::uuid and e.slot is not null and n.state <> 'closed' group by 1, 2
    on conflict (season, who) do update set taken = greatest(t.taken, excluded.taken)`;
}
