import { type SQL, sql } from 'drizzle-orm';
import 'server-only';
import { findSuite, suites } from '../catalog/suites/index.ts';
import type { Backend } from '../contract/ids.ts';
import { type Suite, trialsOf } from '../contract/suite.ts';
import { AppError } from '../errors.ts';
import { harness } from '../harness.ts';
import { execute } from './client.ts';
import {
  type EvaluationRow,
  type EvaluationView,
  evaluationView,
  harnessChanged,
  hasEnded,
} from './evaluation-state.ts';
import { appendEvent } from './events.ts';
import { cancelJobs, enqueue, type Work } from './jobs.ts';
import { ageSeconds, iso } from './values.ts';

type Subject = { id: string; moduleSha256: string; ownerId: string; ours: boolean };

/**
 * Has a submission evaluated on a suite by this site's harness, one job for each seed, and returns the evaluation.
 * Asked again, it is the same one. It trains on TensorFlow where an official runner heard of late offers it, else on
 * wasm; what was done on TensorFlow stays. A suite that comes after another has that one asked for too, charged to
 * nobody, and its own jobs wait to be admitted (admission.ts).
 */
export async function requestEvaluation(request: {
  submissionId: string;
  suiteId: string;
  requestedBy: string | null;
}): Promise<string> {
  const suite = findSuite(request.suiteId);
  if (!suite)
    throw new AppError(
      'invalid',
      `There is no suite '${request.suiteId}'; known: ${suites.map(({ id }) => id).join(', ')}.`,
    );
  const subject = await subjectNamed(request.submissionId);
  const harnessDigest = harness().digest;
  const same = sql`submission_id = ${subject.id}::uuid and suite_digest = ${suite.digest} and season = '' and harness_digest = ${harnessDigest}`;
  const [now] = await execute<{ offered: boolean; done: string | null }>(sql`
    select exists (
        select 1 from runners where state = 'active' and class = 'official' and 'engine:tensorflow' = any(labels)
          and coalesce(last_seen_at, created_at) > now() - interval '1 day'
      ) as offered,
      (select id from evaluations e where ${same} and engine = 'tensorflow' and not exists (
        select 1 from evaluation_jobs ej join jobs j on j.id = ej.job_id where ej.evaluation_id = e.id and j.state <> 'succeeded'
      )) as done`);
  if (!now!.offered && now!.done) return now!.done;
  const engine: Backend = now!.offered ? 'tensorflow' : 'wasm';
  const insert = sql`insert into evaluations (submission_id, suite, suite_digest, harness_digest, engine, requested_by)
      values (${subject.id}::uuid, ${suite.id}, ${suite.digest}, ${harnessDigest}, ${engine}, ${request.requestedBy}::uuid)
      on conflict on constraint evaluations_once do nothing returning id`;
  const id = suite.after
    ? ((await execute<{ id: string }>(insert))[0]?.id ?? null)
    : await enqueue(insert, workOf(suite, subject, harnessDigest, engine), { suite: suite.id, ...subject });
  if (suite.after) await requestEvaluation({ submissionId: subject.id, suiteId: suite.after, requestedBy: null });
  if (id) {
    await appendEvent({
      kind: 'evaluation.requested',
      subject: id,
      data: { submission: subject.id, suite: suite.id, digest: suite.digest, engine },
    });
    return id;
  }
  const [known] = await execute<{ id: string }>(sql`select id from evaluations where ${same} and engine = ${engine}`);
  return known!.id;
}

/**
 * Asks for the jobs of an evaluation that was admitted, or again for those that our side gave up or that were
 * cancelled; the rest stays as it is.
 */
export async function enqueueEvaluation(evaluationId: string): Promise<void> {
  const [evaluation] = await execute<{
    submissionId: string;
    suite: string;
    harnessDigest: string;
    engine: Backend;
  }>(sql`
    select submission_id as "submissionId", suite, harness_digest as "harnessDigest", engine from evaluations where id = ${evaluationId}::uuid`);
  const suite = evaluation && findSuite(evaluation.suite);
  if (!suite) throw new AppError('not-found', 'There is no such evaluation.');
  const subject = await subjectNamed(evaluation.submissionId);
  const again = sql`select id from evaluations where id = ${evaluationId}::uuid`;
  await enqueue(again, workOf(suite, subject, evaluation.harnessDigest, evaluation.engine), {
    suite: suite.id,
    ...subject,
  });
}

/** Ends what the submission still waits for. Work that another standing submission waits for too goes on. */
export async function cancelEvaluations(submissionId: string, reason: string): Promise<void> {
  await cancelJobs(sql`select id from evaluations where submission_id = ${submissionId}::uuid`, reason, {
    shared: false,
  });
}

/**
 * Asks anew, by this site's harness, for what waits for another one: no runner of today could do it. Returns how many
 * were renewed.
 */
export async function renewOutdated(): Promise<number> {
  const outdated = await execute<{ id: string; submissionId: string; suite: string; requestedBy: string | null }>(sql`
    select distinct e.id, e.submission_id as "submissionId", e.suite, e.requested_by as "requestedBy"
    from evaluations e join submissions s on s.id = e.submission_id join evaluation_jobs ej on ej.evaluation_id = e.id join jobs j on j.id = ej.job_id
    where j.state = 'queued' and j.harness_digest <> ${harness().digest} and s.withdrawn_at is null limit 100`);
  for (const { id, submissionId, suite, requestedBy } of outdated) {
    if (findSuite(suite)) await requestEvaluation({ submissionId, suiteId: suite, requestedBy });
    await cancelJobs(sql`select ${id}::uuid`, harnessChanged, { shared: true });
  }
  return outdated.length;
}

/** All evaluations of a submission, newest first. */
export const evaluationsOf = (submissionId: string): Promise<EvaluationView[]> =>
  views(sql`e.submission_id = ${submissionId}::uuid`, sql`e.created_at desc`);

/**
 * For each standing submission on this suite the evaluation that speaks for it: the latest that has come to its end,
 * else the latest.
 */
export async function evaluationsOfSuite(suiteId: string): Promise<EvaluationView[]> {
  const digest = findSuite(suiteId)?.digest ?? '';
  const all = await views(
    sql`e.suite = ${suiteId} and e.suite_digest = ${digest} and exists (select 1 from submissions s where s.id = e.submission_id and s.withdrawn_at is null)`,
    sql`e.created_at`,
  );
  const speaking = new Map<string, EvaluationView>();
  for (const view of all)
    if (hasEnded(view) || !speaking.has(view.submissionId) || !hasEnded(speaking.get(view.submissionId)!))
      speaking.set(view.submissionId, view);
  return [...speaking.values()];
}

async function subjectNamed(submissionId: string): Promise<Subject> {
  const [subject] = await execute<Subject & { withdrawn: boolean }>(sql`
    select id, module_sha256 as "moduleSha256", owner_id as "ownerId", baseline is not null as ours, withdrawn_at is not null as withdrawn
    from submissions where id = ${submissionId}::uuid`);
  if (!subject) throw new AppError('not-found', 'There is no such submission.');
  if (subject.withdrawn) throw new AppError('conflict', 'This submission was withdrawn.');
  return subject;
}

const workOf = (suite: Suite, { moduleSha256 }: Subject, harnessDigest: string, engine: Backend): Work[] =>
  suite.seeds.map((seed) => ({
    moduleSha256,
    suiteDigest: suite.digest,
    season: '',
    harnessDigest,
    engine,
    class: 'official',
    trials: trialsOf(suite, [seed]),
  }));

async function views(where: SQL, order: SQL): Promise<EvaluationView[]> {
  const rows = await execute<EvaluationRow>(sql`
    with e as (
      select * from evaluations e where ${where}
    ), place as (
      select id, row_number() over (order by vtime, id)::int as n from jobs where state = 'queued'
    ), jobs_of as materialized (
      select ej.evaluation_id as id, jsonb_agg(jsonb_build_object('id', j.id, 'key', j.key, 'state', j.state, 'attempt', j.attempt, 'strikes', j.strikes,
          'phase', j.phase, 'progress', j.progress, 'position', place.n, 'reused', ej.reused, 'cancelReason', j.cancel_reason, 'asked', j.trials,
          'heartbeatAge', ${ageSeconds('j.heartbeat_at')}, 'retryAt', case when j.run_after > now() then ${iso('j.run_after')} end,
          'finishedAt', ${iso('j.finished_at')}, 'trials', r.trials, 'engine', r.payload -> 'engine', 'jailed', r.payload -> 'jailed',
          'lacking', case when j.state = 'queued' and not exists (select 1 from runners where ${able} and j.labels <@ ${offers}) then
            array(select label from unnest(j.labels) label where not exists (select 1 from runners where ${able} and label = any(${offers}))) end
        ) order by j.created_at, j.vtime) as jobs
      from e join evaluation_jobs ej on ej.evaluation_id = e.id join jobs j on j.id = ej.job_id left join results r on r.job_id = j.id left join place on place.id = j.id
      group by ej.evaluation_id
    ), attempts_of as materialized (
      select ej.evaluation_id as id, jsonb_agg(jsonb_build_object('job', a.job_id, 'attempt', a.attempt, 'runner', n.name, 'runnerClass', n.class,
          'startedAt', ${iso('a.started_at')}, 'endedAt', ${iso('a.ended_at')}, 'outcome', a.outcome, 'reason', a.reason, 'detail', a.detail
        ) order by a.started_at, a.job_id) as attempts
      from e join evaluation_jobs ej on ej.evaluation_id = e.id join attempts a on a.job_id = ej.job_id join runners n on n.id = a.runner_id
      group by ej.evaluation_id
    )
    select e.id, e.submission_id as "submissionId", e.suite, e.suite_digest as "suiteDigest", e.season, e.harness_digest as "harnessDigest", e.engine,
      e.requested_by as "requestedBy", e.refused, ${iso('e.snapshot_at')} as "snapshotAt", exists (
        select 1 from evaluations p join evaluation_jobs pj on pj.evaluation_id = p.id join jobs d on d.id = pj.job_id
        where p.submission_id = e.submission_id and p.id <> e.id and d.state = 'dead' and not exists (select 1 from jobs n where n.key = d.key and n.state <> 'dead')
      ) as "earlierStalled", ${iso('e.created_at')} as "createdAt", jobs_of.jobs, attempts_of.attempts
    from e left join jobs_of using (id) left join attempts_of using (id) order by ${order}, e.id`);
  return rows.map(evaluationView);
}

const able = sql`runners.state = 'active'`;
/** What a runner of that row may lease by. */
const offers = sql`(runners.labels || case when runners.class = 'official' then array['official'] else array[]::text[] end)`;
