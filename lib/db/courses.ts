import { asc, eq, inArray, sql } from 'drizzle-orm';
import 'server-only';
import { evaluationJobs, evaluations, jobs, runners } from '../../drizzle/schema.ts';
import { db } from './client.ts';
import { type Course, courseOf, type JobRow } from './course.ts';
import type { Evaluation } from './evaluation-view.ts';
import { placesInQueue } from './place-in-queue.ts';
import { seasonLabelsHeld } from './season-labels.ts';
import { ageSeconds } from './values.ts';
import { isDisputed } from './verdicts.ts';

/**
 * A digest of how each job of an evaluation stands, what it gave, and whether that is disputed. To stand in a select
 * from `evaluations`.
 */
export const jobsDigest = sql<string | null>`(
  select md5(string_agg(concat_ws(' ', j.id, j.state, j.cancel_reason, r.sha256, (
    select coalesce(v.stands_id::text, 'disputed') from verdicts v where v.job_id = j.id and v.verdict = 'differs' limit 1)), ',' order by j.id))
  from evaluation_jobs ej join jobs j on j.id = ej.job_id left join results r on r.job_id = j.id
  where ej.evaluation_id = evaluations.id)`;

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
      disputed: isDisputed(sql`${jobs.id}`),
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
    .selectDistinct({
      labels: runners.labels,
      class: runners.class,
      seasons: seasonLabelsHeld(sql`${runners.id}`),
    })
    .from(runners)
    .where(eq(runners.state, 'active'));
  return rows.map(
    ({ labels, class: runnerClass, seasons }) =>
      new Set([...labels, ...seasons, ...(runnerClass === 'official' ? ['official'] : [])]),
  );
}

function lackingOf(labels: readonly string[], offers: readonly ReadonlySet<string>[]): string[] | null {
  if (offers.some((offer) => labels.every((label) => offer.has(label)))) return null;
  return labels.filter((label) => !offers.some((offer) => offer.has(label)));
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
        where p.submission_id = evaluations.submission_id and p.id <> evaluations.id and p.season = '' and d.state = 'dead'
          and not exists (
            select 1 from evaluation_jobs nj join jobs n on n.id = nj.job_id
            where nj.evaluation_id = p.id and n.key = d.key and n.created_at > d.created_at))`,
    );
  return new Set(rows.map(({ id }) => id));
}
