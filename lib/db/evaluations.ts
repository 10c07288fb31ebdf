import { randomUUID } from 'node:crypto';
import { and, eq, isNull, notInArray, type SQL, sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { evaluationJobs, evaluations, jobs, submissions } from '../../drizzle/schema.ts';
import { suiteOfEvaluation } from '../catalog/seasons.ts';
import { findSuite, suites } from '../catalog/suites/index.ts';
import { engineOf } from '../contract/runtime.ts';
import { AppError } from '../errors.ts';
import { harness, harnessDigests } from '../harness.ts';
import { referenceOf } from '../scoring/references.ts';
import { db, execute } from './client.ts';
import { harnessChanged } from './course.ts';
import { subjectNamed, workOf } from './evaluation-work.ts';
import { changeWithEvent, type Event } from './events.ts';
import { cancelEvaluation, enqueue, isGivenUp } from './jobs.ts';
import { requestSeasonEvaluation } from './season-evaluations.ts';

const Now = z.object({ offered: z.boolean(), done: z.uuid().nullable() });

/**
 * Has a submission evaluated on a suite by this site's harness, one job for each seed, and returns the evaluation.
 * Asked again, it is the same one, and what our side gave up of it is tried again.
 *
 * It trains on TensorFlow where an official runner that was heard of within a day offers it, or where the suite has
 * undefended numbers on no other engine; else on wasm. What was done on TensorFlow stays. A module in Python that
 * trains is held against PyTorch's numbers.
 *
 * A suite that comes after another has that one asked for first, charged to nobody, and its own jobs wait to be
 * admitted (admission.ts).
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
  const harnessDigest = harness(subject.runtime).digest;
  const same = sql`submission_id = ${subject.id}::uuid and suite_digest = ${suite.digest} and season = '' and harness_digest = ${harnessDigest}`;
  const [now] = await execute(
    Now,
    sql`
    select exists (
        select 1 from runners where state = 'active' and class = 'official' and 'engine:tensorflow' = any(labels)
          and coalesce(last_seen_at, created_at) > now() - interval '1 day'
      ) as offered,
      (select id from evaluations e where ${same} and engine = 'tensorflow' and not exists (
        select 1 from evaluation_jobs ej join jobs j on j.id = ej.job_id where ej.evaluation_id = e.id and j.state <> 'succeeded'
      )) as done`,
  );
  if (!now!.offered && now!.done) return now!.done;
  const usual = now!.offered || !referenceOf(suite, 'wasm') ? 'tensorflow' : 'wasm';
  const engine = engineOf(subject.runtime, subject.kind, usual);
  if (suite.after) await requestEvaluation({ submissionId: subject.id, suiteId: suite.after, requestedBy: null });
  const id = randomUUID();
  const insert = sql`insert into evaluations (id, submission_id, suite, suite_digest, harness_digest, engine, requested_by)
      values (${id}::uuid, ${subject.id}::uuid, ${suite.id}, ${suite.digest}, ${harnessDigest}, ${engine}, ${request.requestedBy}::uuid)
      on conflict on constraint evaluations_once do nothing returning id`;
  const data = { submission: subject.id, suite: suite.id, digest: suite.digest, engine };
  const event: Event = { kind: 'evaluation.requested', subject: id, data };
  const made = suite.after
    ? (await changeWithEvent(event, sql`changed as (${insert})`)) > 0
    : await enqueue(insert, workOf(suite, subject, { harnessDigest, engine, season: '' }), {
        suite: suite.id,
        ...subject,
        event,
      });
  if (made) return id;
  const [known] = await (await db())
    .select({ id: evaluations.id })
    .from(evaluations)
    .where(and(same, eq(evaluations.engine, engine)));
  await askAgain(sql`e.id = ${known!.id}::uuid`);
  return known!.id;
}

/** Asks again for what our side gave up of the evaluations `e` for which this holds. Returns how many those were. */
export async function askAgain(of: SQL): Promise<number> {
  const givenUp = await execute(
    z.object({ id: z.uuid() }),
    sql`select distinct e.id from evaluations e join evaluation_jobs ej on ej.evaluation_id = e.id join jobs j on j.id = ej.job_id
      where ${of} and ${isGivenUp}`,
  );
  for (const { id } of givenUp) await enqueueEvaluation(id);
  return givenUp.length;
}

/**
 * Asks for the jobs of an evaluation that was admitted, or again for those that our side gave up or that were
 * cancelled; the rest stays as it is.
 */
export async function enqueueEvaluation(
  evaluationId: string,
  why: 'evaluation.admitted' | 'evaluation.requested' = 'evaluation.requested',
): Promise<void> {
  const [evaluation] = await (await db())
    .select({
      submissionId: evaluations.submissionId,
      suite: evaluations.suite,
      suiteDigest: evaluations.suiteDigest,
      season: evaluations.season,
      harnessDigest: evaluations.harnessDigest,
      engine: evaluations.engine,
    })
    .from(evaluations)
    .where(eq(evaluations.id, evaluationId));
  const known = evaluation && suiteOfEvaluation(evaluation.suite);
  if (!known) throw new AppError('not-found', 'There is no such evaluation.');
  const suite = { ...known, digest: evaluation.suiteDigest };
  const subject = await subjectNamed(evaluation.submissionId);
  const again = sql`select id from evaluations where id = ${evaluationId}::uuid`;
  await enqueue(again, workOf(suite, subject, evaluation), {
    suite: suite.id,
    ...subject,
    event: { kind: why, subject: evaluationId, data: { submission: subject.id, suite: suite.id } },
  });
}

/**
 * Asks anew, by this site's harness, for what waits for another one: no runner of today could do it. Returns how many
 * were renewed.
 */
export async function renewOutdated(): Promise<number> {
  const outdated = await (await db())
    .selectDistinct({
      id: evaluations.id,
      submissionId: evaluations.submissionId,
      suite: evaluations.suite,
      season: evaluations.season,
      requestedBy: evaluations.requestedBy,
    })
    .from(evaluations)
    .innerJoin(submissions, eq(submissions.id, evaluations.submissionId))
    .innerJoin(evaluationJobs, eq(evaluationJobs.evaluationId, evaluations.id))
    .innerJoin(jobs, eq(jobs.id, evaluationJobs.jobId))
    .where(
      and(eq(jobs.state, 'queued'), notInArray(jobs.harnessDigest, harnessDigests()), isNull(submissions.withdrawnAt)),
    )
    .limit(100);
  for (const { id, submissionId, suite, season, requestedBy } of outdated) {
    if (season !== '') await requestSeasonEvaluation({ submissionId, season, requestedBy });
    else if (findSuite(suite)) await requestEvaluation({ submissionId, suiteId: suite, requestedBy });
    await cancelEvaluation(id, harnessChanged, { shared: true });
  }
  return outdated.length;
}
