import { inArray, sql } from 'drizzle-orm';
import 'server-only';
import { runners } from '../../drizzle/schema.ts';
import type { SeasonSnapshot } from '../contract/season-snapshot.ts';
import { db } from './client.ts';
import { changeWithEvent } from './events.ts';
import { textArray } from './values.ts';

/** Of nobody: who holds a season names it by a hash, which this is none of. */
const noHolder = 'imported';

/**
 * Stores a closed season as it was, with its runners, in one statement with its event. False where a season of this
 * name is here already: then nothing is stored.
 */
export async function storeSeason({ season, runners: holding }: SeasonSnapshot): Promise<boolean> {
  const { name, plan, commitment, shownAtOnce, note, engines, begunAt, openedAt, closesAt, closedAt, disclosure } =
    season;
  const keys = new Map(holding.map(({ id, publicKey }) => [id, publicKey]));
  const held = season.runners.map((runner) => ({ ...runner, publicKey: keys.get(runner.id) }));
  const stored = await changeWithEvent(
    { kind: 'season.imported', subject: name, data: { commitment, closedAt } },
    sql`
    changed as (
      insert into seasons (name, plan, state, holder_hash, commitment, shown_at_once, note, engines, disclosure, created_at, opened_at, closes_at, closed_at)
      values (${name}, ${plan}, 'closed', ${noHolder}, ${commitment}, ${shownAtOnce}::bool, ${note}, ${textArray(engines)}, ${JSON.stringify(disclosure)}::jsonb,
        ${begunAt}::timestamptz, ${openedAt}::timestamptz, ${closesAt}::timestamptz, ${closedAt}::timestamptz)
      on conflict (name) do nothing returning name
    ), held as (
      select h.* from jsonb_to_recordset(${JSON.stringify(held)}::jsonb) as h(id uuid, name text, "publicKey" text, "addedAt" timestamptz, reason text), changed
    ), runner as (
      insert into runners (id, name, public_key, class, labels, state)
      select id, name, "publicKey", 'official', ${textArray(engines.map((engine) => `engine:${engine}`))}, 'retired' from held
      on conflict (id) do nothing returning 1
    ), holding as (
      insert into season_runners (season, runner_id, added_at, reason) select changed.name, h.id, h."addedAt", h.reason from changed, held h returning 1
    )`,
  );
  return stored > 0;
}

/** By their ids, with the keys by which their results are checked. */
export const runnersWithKeys = async (ids: readonly string[]): Promise<SeasonSnapshot['runners']> =>
  (await db())
    .select({ id: runners.id, name: runners.name, publicKey: runners.publicKey })
    .from(runners)
    .where(inArray(runners.id, [...ids]))
    .orderBy(runners.name, runners.id);
