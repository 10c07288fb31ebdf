import { sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { type EvaluationState, Outcome } from '../contract/ids.ts';
import { Scores } from '../contract/report.ts';
import type { SeasonSummary } from '../contract/season.ts';
import type { SeasonPlace } from '../contract/season-place.ts';
import { isOrganizer, type Viewer } from '../viewer.ts';
import { execute } from './client.ts';
import { type SeasonEntry, seasonEntriesFor } from './season-entries.ts';
import { suiteOfSeason } from './season-evaluations.ts';
import { placesInSeason } from './season-places.ts';
import { everyStanding, type Standing } from './standings.ts';
import { iso } from './values.ts';

/**
 * A row of a season as this viewer may see it. All but its entry is withheld before the close; where numbers are shown
 * at once, its author sees the scores, after the hour in which it ended. `review` is told at the close too, and to
 * organizers before.
 */
export type SeasonRow = SeasonEntry & { mine: boolean } & SeasonPlace & {
    /** Before the close for its author and the organizers alone, as are the two below; else null. */
    state: EvaluationState | null;
    /** Of the trials that were not scored: from the list of outcomes, without a word of the module's. */
    reasons: Outcome[];
    /** When its last job ended; before the close the hour alone. */
    endedAt: string | null;
    scores: Scores | null;
    flags: string[];
  };

const nowhere: SeasonPlace = { rank: null, compared: 0, tied: [], publicMean: null, gap: null, gapIsLarge: false };

/** Every entry of a season: by its places where it is closed, else in the order that they came. */
export async function seasonRows(season: SeasonSummary, viewer: Viewer): Promise<SeasonRow[]> {
  if (season.state === 'opening') return [];
  const closed = season.state === 'closed';
  const entries = await seasonEntriesFor(season.name, viewer);
  const own = await standingsBySubmission(suiteOfSeason(season));
  const places = closed ? await placesInSeason(season, entries) : new Map<string, SeasonPlace>();
  const progress = await progressIn(season.name, closed);
  const rows = entries.map((entry): SeasonRow => {
    const standing = own.get(entry.submission) ?? null;
    const told = closed || entry.mine || isOrganizer(viewer);
    const { reasons, endedAt, thisHour } = progress.get(entry.submission) ?? {
      reasons: [],
      endedAt: null,
      thisHour: false,
    };
    const early = !closed && thisHour;
    const known = places.get(entry.id) ?? nowhere;
    const place = entry.withdrawnAt === null ? known : { ...nowhere, gapIsLarge: known.gapIsLarge }; // no numbers of who left
    const shown = closed || (season.shownAtOnce && told && !early);
    const scores = shown && standing?.state === 'scored' && entry.withdrawnAt === null ? scoresIn(standing) : null;
    return {
      ...entry,
      ...place,
      review: closed || isOrganizer(viewer) ? entry.review : null,
      state: told ? (early ? 'running' : (standing?.state ?? null)) : null,
      reasons: told && !early ? reasons : [],
      endedAt: told && !early ? endedAt : null,
      scores,
      flags: [...(scores?.flags ?? []), ...(place.gapIsLarge ? ['large-gap'] : [])],
    };
  });
  return closed ? rows.sort(byPlace) : rows;
}

const standingsBySubmission = async (suite: Parameters<typeof everyStanding>[0]) =>
  new Map((await everyStanding(suite)).map((standing) => [standing.submission, standing]));

const scoresAlone = z.object(Scores.shape);
/** What else a row of a board tells is left out. */
const scoresIn = (standing: Standing): Scores => scoresAlone.parse(standing);

type Ordered = Pick<SeasonRow, 'id' | 'rank' | 'flags' | 'withdrawnAt'> & {
  scores: Pick<Scores, 'mean'> | null;
};

/**
 * The ranked first, then what has numbers and no rank, then the others; within each by the mean, and the collapsed ones
 * after all others, as their places are.
 */
export const byPlace = (a: Ordered, b: Ordered) =>
  order(a) - order(b) ||
  Number(isCollapsed(a)) - Number(isCollapsed(b)) ||
  (b.scores?.mean?.value ?? -2) - (a.scores?.mean?.value ?? -2) ||
  a.id.localeCompare(b.id);
const isCollapsed = ({ flags }: Ordered) => flags.includes('collapsed');
const order = ({ rank, scores, withdrawnAt }: Ordered) => (rank ? 0 : withdrawnAt !== null ? 3 : scores ? 1 : 2);

const Progress = z.object({
  submission: z.uuid(),
  reasons: z.array(Outcome),
  endedAt: z.iso.datetime().nullable(),
  /** A job of it, or one that ran such a job again, ended in this hour, which is not over. */
  thisHour: z.boolean(),
});

/**
 * By submission. Before the close times are whole hours, and an end is told when its hour is over: how long a module
 * trains is its own to choose, and could tell what it saw.
 */
async function progressIn(season: string, closed: boolean): Promise<Map<string, z.infer<typeof Progress>>> {
  const end = sql`max(j.finished_at)`;
  const rows = await execute(
    Progress,
    sql`select e.submission_id as submission, ${iso(closed ? end : sql`date_trunc('hour', ${end})`)} as "endedAt",
        coalesce(max(greatest(j.finished_at, c.finished_at)) >= date_trunc('hour', now()), false) as "thisHour",
        coalesce((select jsonb_agg(distinct t ->> 'outcome') from evaluation_jobs oj join results r on r.job_id = oj.job_id
          cross join jsonb_array_elements(r.trials) t
          where oj.evaluation_id = e.id and t ->> 'outcome' <> 'scored'), '[]'::jsonb) as reasons
      from evaluations e join evaluation_jobs ej on ej.evaluation_id = e.id join jobs j on j.id = ej.job_id
        left join jobs c on c.checks = j.id
      where e.season = ${season} group by e.id, e.submission_id, e.created_at order by e.created_at`,
  );
  return new Map(rows.map((row) => [row.submission, row]));
}
