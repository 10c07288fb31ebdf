import { sql } from 'drizzle-orm';
import 'server-only';
import type { Sha256 } from '../contract/ids.ts';
import type { Engine, TrialResult } from '../contract/result.ts';
import type { SeasonSummary } from '../contract/season.ts';
import { SignedResult } from '../contract/season-entry.ts';
import { plainLine } from '../plain-text.ts';
import { type ProbeFinding, probeFindings } from '../scoring/probes.ts';
import { referenceOf } from '../scoring/references.ts';
import { execute } from './client.ts';
import type { EvaluationView } from './evaluation-view.ts';
import type { SeasonEntry } from './season-entries.ts';
import { suiteOfSeason } from './season-evaluations.ts';
import { evaluationsIn } from './season-ranks.ts';
import { learnSeason } from './season-references.ts';
import { isDisputed, standingRun } from './verdicts.ts';

export type EntryRuns = { readonly trials: readonly TrialResult[]; readonly probes: readonly ProbeFinding[] };

export type EntryRecord = EntryRuns & {
  readonly harnessDigest: Sha256 | null;
  readonly engine: Engine | null;
  readonly results: readonly SignedResult[];
};

/**
 * What each trial of an entry gave, and what the honesty probes among them found; nothing before the close, and nothing
 * of an entry that was withdrawn. What guest and runner wrote is plain text.
 */
export async function runsOfEntry(season: SeasonSummary, entry: SeasonEntry): Promise<EntryRuns> {
  const view = await shownView(season, entry);
  return view ? runsIn(season, view) : noRuns;
}

/** The same, and the results that it was read from; in these the guest's words stand as they were signed. */
export async function recordOfEntry(season: SeasonSummary, entry: SeasonEntry): Promise<EntryRecord> {
  const view = await shownView(season, entry);
  if (!view) return { ...noRuns, harnessDigest: null, engine: null, results: [] };
  const [runs, results] = await Promise.all([runsIn(season, view), signedIn(view)]);
  return { ...runs, harnessDigest: view.harnessDigest, engine: view.engineDetail, results };
}

const noRuns: EntryRuns = { trials: [], probes: [] };

/** The evaluation that speaks for the entry, as far as it may be shown. */
async function shownView(
  { name, state }: SeasonSummary,
  { submission, withdrawnAt }: SeasonEntry,
): Promise<EvaluationView | null> {
  if (state !== 'closed' || withdrawnAt !== null) return null;
  return (await evaluationsIn(name, submission))[0] ?? null;
}

async function runsIn(season: SeasonSummary, { engine, trials }: EvaluationView): Promise<EntryRuns> {
  await learnSeason(season.name);
  const reference = referenceOf(suiteOfSeason(season), engine);
  return {
    trials: trials.map((trial) => ({ ...trial, detail: trial.detail && plainLine(trial.detail) })),
    probes: reference ? probeFindings(trials, reference) : [],
  };
}

/** By seed. Of a job that was run again with other numbers, the run that stands; none while nobody has decided. */
const signedIn = ({ id }: EvaluationView): Promise<SignedResult[]> =>
  execute(
    SignedResult,
    sql`
    select r.envelope, jsonb_build_object('id', n.id, 'name', n.name, 'publicKey', n.public_key) as runner
    from evaluation_jobs ej join jobs j on j.id = ej.job_id
      join results r on r.job_id = ${standingRun(sql`j.id`)} join runners n on n.id = r.runner_id
    where ej.evaluation_id = ${id}::uuid and j.state = 'succeeded' and not ${isDisputed(sql`j.id`)}
    order by (j.trials -> 0 ->> 'seed')::int, j.id`,
  );
