import { and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import 'server-only';
import { evaluations, jobs, attempts as made, results, runners } from '../../drizzle/schema.ts';
import { findSuite } from '../catalog/suites/index.ts';
import { JailName } from '../contract/ids.ts';
import { Engine } from '../contract/result.ts';
import { db } from './client.ts';
import { coursesOf, jobsDigest } from './courses.ts';
import {
  type AttemptRow,
  type Evaluation,
  type EvaluationView,
  evaluationView,
  hasEnded,
  type JobOutcome,
} from './evaluation-view.ts';
import { isDisputed, standingRun } from './verdicts.ts';

/**
 * All public evaluations of a submission with their trials, newest first. Those in seasons are read by season-ranks.ts.
 */
export const evaluationsOf = (submissionId: string): Promise<EvaluationView[]> =>
  viewsWhere(sql`${evaluations.submissionId} = ${submissionId} and ${evaluations.season} = ''`, 'newest');

/** These evaluations with their trials, in no order. Also those of open seasons: their trials are not to be shown. */
export const evaluationsNamed = (ids: readonly string[]): Promise<EvaluationView[]> =>
  ids.length === 0 ? Promise.resolve([]) : viewsWhere(inArray(evaluations.id, [...ids]), 'oldest');

/**
 * For each standing submission on this suite, or for each baseline alone, the evaluation that speaks for it: the latest
 * that has come to its end, else the latest. With their trials; the board needs none (standings.ts).
 */
export async function evaluationsOfSuite(suiteId: string, only?: 'baselines'): Promise<EvaluationView[]> {
  const digest = findSuite(suiteId)?.digest ?? '';
  return speaking(
    await viewsWhere(
      sql`evaluations.suite = ${suiteId} and evaluations.suite_digest = ${digest} and exists (
        select 1 from submissions s where s.id = evaluations.submission_id and s.withdrawn_at is null
          and (${only === undefined}::bool or s.baseline is not null))`,
      'oldest',
    ),
  );
}

/** Of evaluations that come oldest first, the one that speaks for each submission. */
export function speaking<View extends Pick<EvaluationView, 'submissionId' | 'state' | 'cutShort'>>(
  views: readonly View[],
): View[] {
  const chosen = new Map<string, View>();
  for (const view of views) {
    const known = chosen.get(view.submissionId);
    if (!known || hasEnded(view) || !hasEnded(known)) chosen.set(view.submissionId, view);
  }
  return [...chosen.values()];
}

async function viewsWhere(where: SQL, order: 'newest' | 'oldest'): Promise<EvaluationView[]> {
  const direction = order === 'newest' ? desc : asc;
  const rows = await (await db())
    .select({
      id: evaluations.id,
      submissionId: evaluations.submissionId,
      suite: evaluations.suite,
      suiteDigest: evaluations.suiteDigest,
      season: evaluations.season,
      harnessDigest: evaluations.harnessDigest,
      engine: evaluations.engine,
      requestedBy: evaluations.requestedBy,
      refused: evaluations.refused,
      snapshotAt: evaluations.snapshotAt,
      jobsDigest,
      createdAt: evaluations.createdAt,
    })
    .from(evaluations)
    .where(where)
    .orderBy(direction(evaluations.createdAt), asc(evaluations.id));
  const all: Evaluation[] = rows.map((row) => ({
    ...row,
    snapshotAt: row.snapshotAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  }));
  const courses = await coursesOf(all);
  const ids = [...courses.values()].flatMap(({ jobs: own }) => own.map(({ id }) => id));
  const [outcomes, attempts] = await Promise.all([outcomesOf(ids), attemptsOf(ids)]);
  return all.map((evaluation) => {
    const { course, jobs: own } = courses.get(evaluation.id)!;
    const made = own.flatMap(({ id }) => attempts.get(id) ?? []);
    return evaluationView(evaluation, course, own, outcomes, made.sort(byStart));
  });
}

const byStart = (a: AttemptRow, b: AttemptRow) => compare(a.startedAt, b.startedAt) || compare(a.job, b.job);
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Of a job that was run again with other numbers, those that stand; none while nobody has decided. */
async function outcomesOf(jobIds: readonly string[]): Promise<Map<string, JobOutcome>> {
  if (jobIds.length === 0) return new Map();
  const rows = await (await db())
    .select({
      job: jobs.id,
      trials: results.trials,
      engine: sql<Engine>`${results.payload} -> 'engine'`.mapWith((value) => Engine.parse(value)),
      jailed: sql<boolean>`coalesce((${results.payload} ->> 'jailed')::bool, true)`,
      jail: sql<JailName | null>`${results.payload} ->> 'jail'`.mapWith((value) => JailName.nullable().parse(value)),
    })
    .from(jobs)
    .innerJoin(results, sql`${results.jobId} = ${standingRun(sql`${jobs.id}`)}`)
    .where(and(inArray(jobs.id, [...jobIds]), sql`not ${isDisputed(sql`${jobs.id}`)}`));
  return new Map(rows.map(({ job, ...outcome }) => [job, outcome]));
}

async function attemptsOf(jobIds: readonly string[]): Promise<Map<string, AttemptRow[]>> {
  if (jobIds.length === 0) return new Map();
  const rows = await (await db())
    .select({
      job: made.jobId,
      attempt: made.attempt,
      runner: runners.name,
      runnerClass: runners.class,
      startedAt: made.startedAt,
      endedAt: made.endedAt,
      outcome: made.outcome,
      reason: made.reason,
      detail: made.detail,
    })
    .from(made)
    .innerJoin(runners, eq(runners.id, made.runnerId))
    .where(inArray(made.jobId, [...jobIds]))
    .orderBy(asc(made.startedAt), asc(made.jobId));
  const byJob = new Map<string, AttemptRow[]>();
  for (const { startedAt, endedAt, ...row } of rows)
    byJob.set(row.job, [
      ...(byJob.get(row.job) ?? []),
      { ...row, startedAt: startedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null },
    ]);
  return byJob;
}
