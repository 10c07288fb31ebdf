import { and, eq, sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { evaluationJobs, jobs, results, runners } from '../../drizzle/schema.ts';
import type { Sha256 } from '../contract/ids.ts';
import type { Engine, TrialResult } from '../contract/result.ts';
import type { SeasonSummary } from '../contract/season.ts';
import { SignedResult } from '../contract/season-entry.ts';
import { plainLine } from '../plain-text.ts';
import { type CountedCell, scoredCells } from '../scoring/cells.ts';
import { type ProbeFinding, probeFindings } from '../scoring/probes.ts';
import { referenceOf } from '../scoring/references.ts';
import { db } from './client.ts';
import type { EvaluationView } from './evaluation-view.ts';
import type { SeasonEntry } from './season-entries.ts';
import { suiteOfSeason } from './season-evaluations.ts';
import { evaluationsIn } from './season-ranks.ts';
import { learnSeason } from './season-references.ts';
import { isDisputed, standingRun } from './verdicts.ts';

export type EntryRuns = {
  readonly trials: readonly TrialResult[];
  readonly probes: readonly ProbeFinding[];
  /** The cells that the entry is scored in. */
  readonly counted: readonly CountedCell[];
};

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
  return view ? runsIn(season, entry, view) : noRuns;
}

/** The same, and the results that it was read from; in these the guest's words stand as they were signed. */
export async function recordOfEntry(season: SeasonSummary, entry: SeasonEntry): Promise<EntryRecord> {
  const view = await shownView(season, entry);
  if (!view) return { ...noRuns, harnessDigest: null, engine: null, results: [] };
  const [runs, results] = await Promise.all([runsIn(season, entry, view), signedIn(view)]);
  return { ...runs, harnessDigest: view.harnessDigest, engine: view.engineDetail, results };
}

const noRuns: EntryRuns = { trials: [], probes: [], counted: [] };

/** The evaluation that speaks for the entry, as far as it may be shown. */
async function shownView(
  { name, state }: SeasonSummary,
  { submission, withdrawnAt }: SeasonEntry,
): Promise<EvaluationView | null> {
  if (state !== 'closed' || withdrawnAt !== null) return null;
  return (await evaluationsIn(name, submission))[0] ?? null;
}

async function runsIn(
  season: SeasonSummary,
  { kind }: SeasonEntry,
  { engine, trials }: EvaluationView,
): Promise<EntryRuns> {
  await learnSeason(season.name);
  const suite = suiteOfSeason(season);
  const reference = referenceOf(suite, engine);
  return {
    trials: trials.map((trial) => ({ ...trial, detail: trial.detail && plainLine(trial.detail) })),
    probes: reference ? probeFindings(trials, reference) : [],
    counted: reference ? scoredCells(suite, reference, kind === 'control') : [],
  };
}

/** By seed. Of a job that was run again with other numbers, the run that stands; none while nobody has decided. */
async function signedIn({ id }: EvaluationView): Promise<SignedResult[]> {
  const job = sql`${jobs.id}`;
  const rows = await (await db())
    .select({
      envelope: results.envelope,
      runner: { id: runners.id, name: runners.name, publicKey: runners.publicKey },
    })
    .from(evaluationJobs)
    .innerJoin(jobs, eq(jobs.id, evaluationJobs.jobId))
    .innerJoin(results, eq(results.jobId, standingRun(job)))
    .innerJoin(runners, eq(runners.id, results.runnerId))
    .where(and(eq(evaluationJobs.evaluationId, id), eq(jobs.state, 'succeeded'), sql`not ${isDisputed(job)}`))
    .orderBy(sql`(${jobs.trials} -> 0 ->> 'seed')::int`, jobs.id);
  return z.array(SignedResult).parse(rows);
}
