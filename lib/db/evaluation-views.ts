import { asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import 'server-only';
import { evaluationJobs, evaluations, jobs, attempts as made, results, runners } from '../../drizzle/schema.ts';
import { findSuite } from '../catalog/suites/index.ts';
import { Engine } from '../contract/result.ts';
import { db } from './client.ts';
import {
  type AttemptRow,
  type Course,
  courseOf,
  type Evaluation,
  type EvaluationView,
  evaluationView,
  hasEnded,
  type JobOutcome,
  type JobRow,
} from './evaluation-state.ts';
import { placesInQueue } from './place-in-queue.ts';
import { ageSeconds } from './values.ts';

/** A digest of how each job of an evaluation stands and what it gave. To stand in a select from `evaluations`. */
export const jobsDigest = sql<string | null>`(
  select md5(string_agg(concat_ws(' ', j.id, j.state, j.cancel_reason, r.sha256), ',' order by j.id))
  from evaluation_jobs ej join jobs j on j.id = ej.job_id left join results r on r.job_id = j.id
  where ej.evaluation_id = evaluations.id)`;

/** All evaluations of a submission with their trials, newest first. */
export const evaluationsOf = (submissionId: string): Promise<EvaluationView[]> =>
  viewsWhere(eq(evaluations.submissionId, submissionId), 'newest');

/** These evaluations with their trials, in no order. */
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

/** How far each of these evaluations has come: no trials are read. */
export async function coursesOf(
  all: readonly Pick<Evaluation, 'id' | 'submissionId' | 'suite' | 'refused'>[],
): Promise<Map<string, { course: Course; jobs: JobRow[] }>> {
  if (all.length === 0) return new Map();
  const ids = all.map(({ id }) => id);
  const [byEvaluation, stalled, places] = await Promise.all([jobsOf(ids), stalledBeside(all), placesInQueue(ids)]);
  return new Map(
    all.map((evaluation) => {
      const own = byEvaluation.get(evaluation.id) ?? [];
      const position = places.get(evaluation.id) ?? null;
      return [evaluation.id, { course: courseOf(evaluation, own, position, stalled.has(evaluation.id)), jobs: own }];
    }),
  );
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

/** By evaluation, oldest first. */
async function jobsOf(evaluationIds: readonly string[]): Promise<Map<string, JobRow[]>> {
  const rows = await (await db())
    .select({
      evaluation: evaluationJobs.evaluationId,
      reused: evaluationJobs.reused,
      id: jobs.id,
      key: jobs.key,
      state: jobs.state,
      attempt: jobs.attempt,
      phase: jobs.phase,
      progress: jobs.progress,
      cancelReason: jobs.cancelReason,
      asked: jobs.trials,
      labels: jobs.labels,
      heartbeatAge: sql<number | null>`${ageSeconds('jobs.heartbeat_at')}`,
      waits: sql<boolean>`jobs.run_after > now()`,
      runAfter: jobs.runAfter,
      finishedAt: jobs.finishedAt,
    })
    .from(evaluationJobs)
    .innerJoin(jobs, eq(jobs.id, evaluationJobs.jobId))
    .where(inArray(evaluationJobs.evaluationId, [...evaluationIds]))
    .orderBy(asc(jobs.createdAt), asc(jobs.vtime));
  const offers = rows.some(({ state }) => state === 'queued') ? await offersOfRunners() : [];
  const byEvaluation = new Map<string, JobRow[]>();
  for (const { evaluation, labels, waits, runAfter, finishedAt, ...job } of rows) {
    const own = byEvaluation.get(evaluation) ?? [];
    byEvaluation.set(evaluation, own);
    own.push({
      ...job,
      lacking: job.state === 'queued' ? lackingOf(labels, offers) : null,
      retryAt: waits ? runAfter.toISOString() : null,
      finishedAt: finishedAt?.toISOString() ?? null,
    });
  }
  return byEvaluation;
}

/** What each active runner may lease by. */
async function offersOfRunners(): Promise<ReadonlySet<string>[]> {
  const rows = await (await db())
    .selectDistinct({ labels: runners.labels, class: runners.class })
    .from(runners)
    .where(eq(runners.state, 'active'));
  return rows.map(
    ({ labels, class: runnerClass }) => new Set([...labels, ...(runnerClass === 'official' ? ['official'] : [])]),
  );
}

function lackingOf(labels: readonly string[], offers: readonly ReadonlySet<string>[]): string[] | null {
  if (offers.some((offer) => labels.every((label) => offer.has(label)))) return null;
  return labels.filter((label) => !offers.some((offer) => offer.has(label)));
}

async function outcomesOf(jobIds: readonly string[]): Promise<Map<string, JobOutcome>> {
  if (jobIds.length === 0) return new Map();
  const rows = await (await db())
    .select({
      job: results.jobId,
      trials: results.trials,
      engine: sql<Engine>`${results.payload} -> 'engine'`.mapWith((value) => Engine.parse(value)),
      jailed: sql<boolean>`coalesce((${results.payload} ->> 'jailed')::bool, true)`,
    })
    .from(results)
    .where(inArray(results.jobId, [...jobIds]));
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

/** Those that have no job themselves, while our side gave up on another evaluation of the same submission. */
async function stalledBeside(all: readonly Pick<Evaluation, 'id' | 'submissionId'>[]): Promise<Set<string>> {
  const rows = await (await db())
    .select({ id: evaluations.id })
    .from(evaluations)
    .where(
      sql`${inArray(
        evaluations.id,
        all.map(({ id }) => id),
      )} and exists (
        select 1 from evaluations p join evaluation_jobs pj on pj.evaluation_id = p.id join jobs d on d.id = pj.job_id
        where p.submission_id = evaluations.submission_id and p.id <> evaluations.id and d.state = 'dead'
          and not exists (select 1 from jobs n where n.key = d.key and n.state <> 'dead'))`,
    );
  return new Set(rows.map(({ id }) => id));
}
