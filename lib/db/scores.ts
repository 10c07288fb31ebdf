import { createHash } from 'node:crypto';
import { eq, inArray, sql } from 'drizzle-orm';
import 'server-only';
import { evaluationJobs, evaluations, modules, scores, submissions } from '../../drizzle/schema.ts';
import { suiteOfEvaluation } from '../catalog/seasons.ts';
import { references } from '../catalog/suites/references.ts';
import type { Backend, DefenseKind, Outcome, Sha256 } from '../contract/ids.ts';
import type { Scores } from '../contract/report.ts';
import type { TrialResult } from '../contract/result.ts';
import type { About } from '../scoring/flags.ts';
import { referenceOf } from '../scoring/references.ts';
import { scoresOf, scoringVersion } from '../scoring/score.ts';
import { db } from './client.ts';
import { coursesOf, jobsDigest } from './courses.ts';
import { modulesWithData } from './embedded-data.ts';
import type { EvaluationView } from './evaluation-view.ts';
import { evaluationsNamed } from './evaluation-views.ts';
import { learnSeason } from './season-references.ts';

/** What an evaluation that has come to its end is worth, as it is stored. */
export type StoredScores = {
  state: 'scored' | 'failed';
  scores: Scores | null;
  outcome: Outcome | null;
  jailed: boolean | null;
  cutShort: boolean;
};

type Kind = DefenseKind | 'control';

/** All that the scores of an evaluation follow from, besides the code. */
export type Inputs = {
  suite: string;
  suiteDigest: Sha256;
  /** The season's name, once its undefended numbers are public: from then on it is scored. Null of a public suite. */
  scoredSeason: string | null;
  engine: Backend;
  refused: string | null;
  jobsDigest: string | null;
  module: string;
  kind: Kind;
  deterministic: boolean;
};

/** To stand in a select from `evaluations`, joined with `submissions` and `modules`. */
export const inputColumns = {
  suite: evaluations.suite,
  suiteDigest: evaluations.suiteDigest,
  scoredSeason: sql<string | null>`(
    select n.name from seasons n where ${evaluations.season} <> '' and n.name = ${evaluations.season} and (n.state = 'closed' or n.shown_at_once))`,
  engine: evaluations.engine,
  refused: evaluations.refused,
  jobsDigest,
  module: modules.sha256,
  kind: modules.kind,
  deterministic: sql<boolean>`coalesce((${submissions.card} ->> 'deterministic')::bool, false)`,
};

export function inputsDigest(inputs: Inputs): string {
  const { suite, suiteDigest, scoredSeason, engine, refused, jobsDigest: jobs, module, kind, deterministic } = inputs;
  const from = [
    scoringVersion,
    referencesDigest(suite),
    suiteDigest,
    engine,
    refused,
    jobs,
    module,
    kind,
    deterministic,
    ...(scoredSeason === null ? [] : [scoredSeason]),
  ];
  return createHash('sha256').update(JSON.stringify(from)).digest('hex');
}

const digests = new Map<string, string>();
/** Of a suite's references on every backend: a cell counts by all of them. They are frozen with the software. */
function referencesDigest(suite: string): string {
  const known = digests.get(suite);
  if (known) return known;
  const own = references.filter((reference) => reference.suite.id === suite);
  const digest = createHash('sha256').update(JSON.stringify(own)).digest('hex');
  digests.set(suite, digest);
  return digest;
}

type Subject = Inputs & { id: string; submissionId: string; bytes: number };

async function subjectsOf(ids: readonly string[]): Promise<Subject[]> {
  return (await db())
    .select({ id: evaluations.id, submissionId: evaluations.submissionId, bytes: modules.bytes, ...inputColumns })
    .from(evaluations)
    .innerJoin(submissions, eq(submissions.id, evaluations.submissionId))
    .innerJoin(modules, eq(modules.sha256, submissions.moduleSha256))
    .where(inArray(evaluations.id, [...ids]));
}

/** `fault`: why it has no scores, where computing them failed: a mistake of ours. */
export type ComputedScores = StoredScores & {
  inputs: string;
  submissionId: string;
  suite: string;
  fault: string | null;
};

/** So many evaluations are held in memory at once, with their trials. */
const atOnce = 20;

/** What those of these evaluations that have come to their end are worth, computed now. */
export async function computeScores(ids: readonly string[]): Promise<Map<string, ComputedScores>> {
  const computed = new Map<string, ComputedScores>();
  for (let from = 0; from < ids.length; from += atOnce) {
    // The digest is read before the results: where one comes in between, it tells of an older state, and the row is
    // computed again.
    const subjects = await subjectsOf(ids.slice(from, from + atOnce));
    const courses = await coursesOf(subjects);
    const ended = subjects.filter(({ id }) => courses.get(id)!.course.stage === 'ended');
    const about = await aboutDefenses(
      ended.map(({ kind, deterministic, module: sha256, bytes }) => ({ kind, deterministic, sha256, bytes })),
    );
    for (const { scoredSeason } of ended) if (scoredSeason !== null) await learnSeason(scoredSeason);
    const views = new Map((await evaluationsNamed(ended.map(({ id }) => id))).map((view) => [view.id, view]));
    for (const [at, subject] of ended.entries()) {
      const view = views.get(subject.id)!;
      const { id, submissionId, suite } = subject;
      if (view.state !== 'scored' && view.state !== 'failed') continue;
      const { state, jailed, cutShort } = view;
      computed.set(id, {
        submissionId,
        suite,
        inputs: inputsDigest(subject),
        state,
        ...scoresOrFault(id, () => scoresOfView(view, about[at]!)),
        outcome: commonest(view.trials),
        jailed,
        cutShort,
      });
    }
  }
  return computed;
}

/** What is known of defenses beside their results, one for each. */
export async function aboutDefenses(
  defenses: readonly { kind: Kind; deterministic: boolean; sha256: string; bytes: number }[],
): Promise<About[]> {
  const withData = await modulesWithData(defenses);
  return defenses.map(({ kind, deterministic, sha256 }) => ({
    control: kind === 'control',
    deterministic,
    embedsData: withData.has(sha256),
  }));
}

/** What can't be scored takes nothing from the others, nor from the pages that show it. */
export function scoresOrFault(id: string, score: () => Scores | null): Pick<ComputedScores, 'scores' | 'fault'> {
  try {
    return { scores: score(), fault: null };
  } catch (error) {
    const { message } = error as Error;
    console.error(JSON.stringify({ notScored: id, error: message }));
    return { scores: null, fault: message };
  }
}

function scoresOfView({ suite: id, suiteDigest, engine, trials }: EvaluationView, about: About): Scores | null {
  const suite = suiteOfEvaluation(id, suiteDigest);
  const reference = suite && referenceOf(suite, engine);
  return reference ? scoresOf(suite, reference, trials, about) : null;
}

/** Of the trials that were run and failed. */
function commonest(trials: readonly TrialResult[]): Outcome | null {
  const counts = new Map<Outcome, number>();
  for (const { outcome } of trials)
    if (outcome !== 'scored' && outcome !== 'not-run') counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

/**
 * Computes and stores what those of these evaluations that have come to their end are worth. Called when a result
 * comes, and by whoever reads a row that is missing or out of date: a process that ends in between leaves nothing that
 * is not mended.
 */
export async function storeScores(ids: readonly string[]): Promise<Map<string, StoredScores & { computedAt: Date }>> {
  const computed = await computeScores(ids);
  const times = await keepScores(computed);
  return new Map([...computed].map(([id, row]) => [id, { ...row, computedAt: times.get(id)! }]));
}

/** Of each the time that is stored with it, by the database's clock. */
export async function keepScores(computed: ReadonlyMap<string, ComputedScores>): Promise<Map<string, Date>> {
  const times = new Map<string, Date>();
  for (const [evaluationId, { submissionId: _, suite: __, fault: ___, ...row }] of computed) {
    const [kept] = await (await db())
      .insert(scores)
      .values({ evaluationId, ...row })
      .onConflictDoUpdate({ target: scores.evaluationId, set: { ...row, computedAt: sql`now()` } })
      .returning({ computedAt: scores.computedAt });
    times.set(evaluationId, kept!.computedAt);
  }
  return times;
}

/** The same for the evaluations that a job serves. */
export async function storeScoresAfter(job: string): Promise<void> {
  const served = await (await db())
    .select({ id: evaluationJobs.evaluationId })
    .from(evaluationJobs)
    .where(eq(evaluationJobs.jobId, job));
  await storeScores(served.map(({ id }) => id));
}

/** The stored scores of an evaluation, mended first where they are missing or out of date; null before its end. */
export async function scoresOfEvaluation(id: string): Promise<StoredScores | null> {
  const [row] = await (await db())
    .select({ inputs: scores.inputs, stored: storedColumns, of: inputColumns })
    .from(evaluations)
    .innerJoin(submissions, eq(submissions.id, evaluations.submissionId))
    .innerJoin(modules, eq(modules.sha256, submissions.moduleSha256))
    .leftJoin(scores, eq(scores.evaluationId, evaluations.id))
    .where(eq(evaluations.id, id));
  if (!row) return null;
  if (row.inputs === inputsDigest(row.of)) return row.stored;
  return (await storeScores([id])).get(id) ?? null;
}

const storedColumns = {
  state: scores.state,
  scores: scores.scores,
  outcome: scores.outcome,
  jailed: scores.jailed,
  cutShort: scores.cutShort,
};
