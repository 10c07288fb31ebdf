import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import 'server-only';
import { runners, seasonEntries, submissions } from '../../drizzle/schema.ts';
import type { SeasonSnapshot } from '../contract/season-snapshot.ts';
import { db } from './client.ts';
import { changeWithEvent } from './events.ts';
import { textArray } from './values.ts';

/** Of nobody: who holds a season names it by a hash, which this is none of. */
const noHolder = 'imported';

/**
 * Stores a closed season as it was, with its runners and entries, in one statement with its event. `submissions`: those
 * that the entries are of, in their order. False where a season of this name is here already: then nothing is stored.
 */
export async function storeSeason(
  { season, runners: holding, entries }: SeasonSnapshot,
  submissions: readonly string[],
): Promise<boolean> {
  const { name, plan, commitment, shownAtOnce, note, engines, begunAt, openedAt, closesAt, closedAt, disclosure } =
    season;
  const keys = new Map(holding.map((runner) => [runner.id, runner]));
  const held = season.runners.map((runner) => ({ ...runner, publicKey: keys.get(runner.id)!.publicKey }));
  const entered = entries.map(({ enteredAt }, place) => ({ submission: submissions[place], enteredAt }));
  const stored = await changeWithEvent(
    { kind: 'season.imported', subject: name, data: { commitment, entries: entries.length } },
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
    ), entry as (
      insert into season_entries (season, submission_id, author_id, late, created_at)
      select changed.name, s.id, s.owner_id, false, g."enteredAt"
      from changed, jsonb_to_recordset(${JSON.stringify(entered)}::jsonb) as g(submission uuid, "enteredAt" timestamptz)
        join submissions s on s.id = g.submission
      returning 1
    )`,
  );
  return stored > 0;
}

/** The reference defenses that were entered in a season, in the order that they came. */
export async function baselinesEntered(season: string): Promise<{ baseline: string; enteredAt: string }[]> {
  const rows = await (await db())
    .select({ baseline: submissions.baseline, enteredAt: seasonEntries.createdAt })
    .from(seasonEntries)
    .innerJoin(submissions, eq(submissions.id, seasonEntries.submissionId))
    .where(
      and(
        eq(seasonEntries.season, season),
        eq(seasonEntries.late, false),
        isNull(seasonEntries.withdrawnAt),
        isNotNull(submissions.baseline),
      ),
    )
    .orderBy(seasonEntries.createdAt, seasonEntries.id);
  return rows.map(({ baseline, enteredAt }) => ({ baseline: baseline!, enteredAt: enteredAt.toISOString() }));
}

/** By their ids, with the keys by which their results are checked. */
export const runnersWithKeys = async (ids: readonly string[]): Promise<SeasonSnapshot['runners']> =>
  (await db())
    .select({ id: runners.id, name: runners.name, publicKey: runners.publicKey })
    .from(runners)
    .where(inArray(runners.id, [...ids]))
    .orderBy(runners.name, runners.id);
