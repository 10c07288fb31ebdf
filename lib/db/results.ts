import { sql } from 'drizzle-orm';
import 'server-only';
import type { BaselineId } from '../catalog/baselines/index.ts';
import type { ResultEnvelope } from '../contract/dsse.ts';
import type { Sha256 } from '../contract/ids.ts';
import type { JobResult, ModuleRef } from '../contract/result.ts';
import type { Trial } from '../contract/suite.ts';
import { type Fence, holds } from './attempts.ts';
import { execute } from './client.ts';
import { cancelJobs } from './jobs.ts';
import { hashOf } from './lease.ts';

/** What a job asked for: what its result is held against. */
export type Asked = {
  suite: string;
  suiteDigest: Sha256;
  harnessDigest: Sha256;
  engine: string;
  moduleSha256: Sha256;
  moduleBytes: number;
  moduleKind: ModuleRef['kind'];
  trials: Trial[];
  baseline: BaselineId | null;
};

export async function askedOf(job: string): Promise<Asked | null> {
  const [asked] = await execute<Asked>(sql`
    select j.suite, j.suite_digest as "suiteDigest", j.harness_digest as "harnessDigest", j.engine, m.sha256 as "moduleSha256", m.bytes as "moduleBytes",
      m.kind as "moduleKind", j.trials,
      (select s.baseline from evaluation_jobs ej join evaluations e on e.id = ej.evaluation_id join submissions s on s.id = e.submission_id
        where ej.job_id = j.id and s.baseline is not null limit 1) as baseline
    from jobs j join modules m on m.sha256 = j.module_sha256 where j.id = ${job}::uuid`);
  return asked ?? null;
}

export type Verdict = 'accepted' | 'replay' | 'conflict' | 'stale';

/**
 * Stores the job's one result and ends the job, in one statement, if the attempt still holds it, however late it comes.
 * Otherwise it is a `replay` (this attempt's own result, the same again), a `conflict` (this attempt's own, but
 * another) or `stale`. Whether it is one of these is asked in a statement of its own: the first one, if it had to wait
 * for a twin, still sees the time before.
 */
export async function finishJob(
  fence: Fence,
  result: JobResult,
  envelope: ResultEnvelope,
  payloadSha256: string,
): Promise<Verdict> {
  const stored = await execute(sql`
    with done as (
      update jobs j set state = 'succeeded', finished_at = now(), progress = 1, phase = null,
        runner_id = null, token_hash = null, lease_expires_at = null, deadline_at = null
      where ${holds(fence)}
      returning j.id, j.attempt
    ), closed as (
      update attempts a set ended_at = now(), outcome = 'succeeded' from done d where a.job_id = d.id and a.attempt = d.attempt returning 1
    )
    insert into results (job_id, attempt, runner_id, sha256, envelope, payload, trials)
    select id, attempt, ${fence.runner}::uuid, ${payloadSha256}, ${JSON.stringify(envelope)}::jsonb, ${JSON.stringify(result)}::jsonb,
      ${JSON.stringify(result.trials)}::jsonb
    from done
    returning job_id`);
  if (stored.length > 0) return 'accepted';
  const [own] = await execute<{ sha256: string }>(sql`
    select r.sha256 from results r join attempts a on a.job_id = r.job_id and a.attempt = r.attempt
    where r.job_id = ${fence.job}::uuid and r.attempt = ${fence.attempt}::int and r.runner_id = ${fence.runner}::uuid and a.token_hash = ${hashOf(fence.token)}`);
  if (!own) return 'stale';
  return own.sha256 === payloadSha256 ? 'replay' : 'conflict';
}

/** This many trials at the time limit, and an evaluation is run no further. */
const timeoutsToStop = 3;
export const stoppedByTimeouts = 'Three trials ran into the time limit, so the rest were not run.';

/** Ends the other jobs of the evaluations that this job's result has brought to three trials at the time limit. */
export async function stopAfterTimeouts(job: string): Promise<number> {
  const over = sql`
    select ej.evaluation_id from evaluation_jobs ej join results r on r.job_id = ej.job_id cross join jsonb_array_elements(r.trials) t
    where ej.evaluation_id in (select evaluation_id from evaluation_jobs where job_id = ${job}::uuid) and t ->> 'outcome' = 'timed-out'
    group by ej.evaluation_id having count(*) >= ${timeoutsToStop}`;
  return cancelJobs(over, stoppedByTimeouts, { shared: true });
}
