import { sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import type { ResultEnvelope } from '../contract/dsse.ts';
import { stoppedByTimeouts, timeoutsThatStop } from '../contract/limits.ts';
import type { JobResult } from '../contract/result.ts';
import { hashOf } from '../secrets.ts';
import { type Fence, holds } from './attempts.ts';
import { checkSome } from './checks.ts';
import { execute } from './client.ts';
import { changeWithEvent } from './events.ts';
import { cancelEvaluation } from './jobs.ts';
import { Asked, asked } from './lease.ts';

export type { Asked };

export async function askedOf(job: string): Promise<Asked | null> {
  const [found] = await execute(
    Asked,
    sql`select ${asked} from jobs j join modules m on m.sha256 = j.module_sha256 where j.id = ${job}::uuid`,
  );
  return found ?? null;
}

export type Verdict = 'accepted' | 'replay' | 'conflict' | 'stale';

/**
 * Stores the job's one result and ends the job, with the event, in one statement, if the attempt still holds it,
 * however late it comes. Otherwise it is a `replay` (this attempt's own result, the same again), a `conflict` (this
 * attempt's own, but another) or `stale`. Whether it is one of these is asked in a statement of its own: the first one,
 * if it had to wait for a twin, still sees the time before.
 */
export async function finishJob(
  fence: Fence,
  result: JobResult,
  envelope: ResultEnvelope,
  payloadSha256: string,
): Promise<Verdict> {
  const data = { attempt: fence.attempt, runner: fence.runner, sha256: payloadSha256 };
  const stored = await changeWithEvent(
    { kind: 'result.accepted', subject: fence.job, data },
    sql`
    done as (
      update jobs j set state = 'succeeded', finished_at = now(), progress = 1, phase = null,
        runner_id = null, token_hash = null, lease_expires_at = null, deadline_at = null
      where ${holds(fence)}
      returning j.*
    ), closed as (
      update attempts a set ended_at = now(), outcome = 'succeeded' from done d where a.job_id = d.id and a.attempt = d.attempt returning 1
    ), checked as (
      ${checkSome(fence.runner)}
    ), changed as (
      insert into results (job_id, attempt, runner_id, sha256, envelope, payload, trials)
      select id, attempt, ${fence.runner}::uuid, ${payloadSha256}, ${JSON.stringify(envelope)}::jsonb, ${JSON.stringify(result)}::jsonb,
        ${JSON.stringify(result.trials)}::jsonb
      from done
      returning job_id
    )`,
  );
  if (stored > 0) return 'accepted';
  const [own] = await execute(
    z.object({ sha256: z.string() }),
    sql`
    select r.sha256 from results r join attempts a on a.job_id = r.job_id and a.attempt = r.attempt
    where r.job_id = ${fence.job}::uuid and r.attempt = ${fence.attempt}::int and r.runner_id = ${fence.runner}::uuid and a.token_hash = ${hashOf(fence.token)}`,
  );
  if (!own) return 'stale';
  return own.sha256 === payloadSha256 ? 'replay' : 'conflict';
}

/** Ends the other jobs of the evaluations that this job's result has brought to three trials at the time limit. */
export async function stopAfterTimeouts(job: string): Promise<number> {
  const over = await execute(
    z.object({ id: z.uuid() }),
    sql`
    select ej.evaluation_id as id from evaluation_jobs ej join results r on r.job_id = ej.job_id cross join jsonb_array_elements(r.trials) t
    where ej.evaluation_id in (select evaluation_id from evaluation_jobs where job_id = ${job}::uuid) and t ->> 'outcome' = 'timed-out'
    group by ej.evaluation_id having count(*) >= ${timeoutsThatStop}`,
  );
  let ended = 0;
  for (const { id } of over) ended += await cancelEvaluation(id, stoppedByTimeouts, { shared: true });
  return ended;
}
