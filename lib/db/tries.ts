import { and, eq, sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { tries } from '../../drizzle/schema.ts';
import { AppError } from '../errors.ts';
import { hashOf } from '../secrets.ts';
import { db, execute } from './client.ts';

/** What is counted, by whoever tries. */
export type Door = 'device-begin' | 'device-code' | 'upload';
/** A user or an address, and how often they may try within a window. */
export type Trier = { who: string; limit: number };

/** Of a count; the next try after it begins another one. */
const windowSeconds = 600;

/**
 * Counts one try for each, and throws `too-many` where one of them has no try left. Many at once are counted one by
 * one. Counts that are over are swept on the way.
 */
export async function countTry(door: Door, triers: readonly Trier[]): Promise<void> {
  const over = sql`t.began_at < now() - make_interval(secs => ${windowSeconds}::int)`;
  for (const { who, limit } of triers) {
    const key = hashOf(who);
    const [counted] = await execute(
      z.object({ count: z.int(), seconds: z.int() }),
      sql`
      with swept as (
        delete from tries where (door, who) in (
          select door, who from tries t where ${over} and (door not like 'quota %' or t.began_at < now() - interval '1 day') and not (door = ${door} and who = ${key}) limit 50 for update skip locked)
      )
      insert into tries as t (door, who) values (${door}, ${key})
      on conflict (door, who) do update set count = case when ${over} then 1 else t.count + 1 end,
        began_at = case when ${over} then now() else t.began_at end
      returning count, ceil(${windowSeconds}::int - extract(epoch from now() - began_at))::int as seconds`,
    );
    if (counted!.count > limit)
      throw new AppError('too-many', `Too many tries; the next one is possible in ${counted!.seconds} seconds.`, {
        'retry-after': String(Math.max(1, counted!.seconds)),
      });
  }
}

/** Takes one try back: it was a good one. */
export async function forgiveTry(door: Door, triers: readonly Trier[]): Promise<void> {
  for (const { who } of triers)
    await (await db())
      .update(tries)
      .set({ count: sql`greatest(0, ${tries.count} - 1)` })
      .where(and(eq(tries.door, door), eq(tries.who, hashOf(who))));
}
