import { sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { BaselineId } from '../catalog/baselines/index.ts';
import { Backend, RowKind, Sha256 } from '../contract/ids.ts';
import { Runtime } from '../contract/runtime.ts';
import { Trial } from '../contract/suite.ts';
import { hashOf } from '../secrets.ts';
import { mayCheck } from './checks.ts';
import { execute } from './client.ts';
import { mayTryAgain } from './other-runners.ts';
import { iso, postgresCode, textArray } from './values.ts';

/** What a job asked for: what its runner is told, and what its result is held against. */
export const Asked = z.object({
  suite: z.string(),
  suiteDigest: Sha256,
  harnessDigest: Sha256,
  engine: Backend,
  trials: z.array(Trial),
  moduleSha256: Sha256,
  moduleBytes: z.int(),
  moduleKind: RowKind,
  moduleRuntime: Runtime,
  baseline: BaselineId.nullable(),
});
export type Asked = z.infer<typeof Asked>;

/** The columns of `Asked`, of the rows `j` of jobs and `m` of modules. */
export const asked = sql.raw(`j.suite, j.suite_digest as "suiteDigest", j.engine, j.harness_digest as "harnessDigest",
    j.trials, m.sha256 as "moduleSha256", m.bytes as "moduleBytes", m.kind as "moduleKind", m.runtime as "moduleRuntime",
    (select s.baseline from evaluation_jobs ej join evaluations e on e.id = ej.evaluation_id
      join submissions s on s.id = e.submission_id where ej.job_id = coalesce(j.checks, j.id) and s.baseline is not null limit 1) as baseline`);

const Leased = Asked.extend({
  job: z.uuid(),
  attempt: z.int(),
  leaseSeconds: z.int(),
  leaseExpiresAt: z.iso.datetime(),
  deadline: z.iso.datetime(),
  serverTime: z.iso.datetime(),
});
export type Leased = z.infer<typeof Leased>;

/**
 * The next job that a runner with these labels may do, leased to it under this token; null where there is none.
 *
 * One statement. A runner that is not active gets nothing new: its row is locked meanwhile, so that an order to it
 * comes before this lease or after it. Leases that ran out go first, then the queue by `vtime`, last what is run again
 * (checks.ts). What failed on this runner is first offered to the others (other-runners.ts). What has used up its
 * strikes, or was to be cancelled, ends on the way, so that nothing else need watch the clock. The same token gets the
 * same job again; a token whose attempt is over gets nothing.
 */
export async function leaseJob(
  runner: { id: string; labels: readonly string[] },
  token: string,
  harnesses: readonly string[] | null = null,
): Promise<Leased | null> {
  const statement = leaseStatement(runner.id, hashOf(token), runner.labels, harnesses);
  try {
    const [leased] = await execute(Leased, statement);
    return leased ?? null;
  } catch (error) {
    if (postgresCode(error) !== '23505') throw error;
    const [leased] = await execute(Leased, statement); // the same token twice at once: the other one has it by now
    return leased ?? null;
  }
}

/** Whether the job is for one of these harnesses. */
const byOneOf = (harnesses: readonly string[] | null) =>
  harnesses === null ? sql`true` : sql`harness_digest = any(${textArray(harnesses)})`;

const leaseStatement = (
  runner: string,
  token: string,
  labels: readonly string[],
  harnesses: readonly string[] | null,
) => sql`
  with able as (
    select 1 from runners where id = ${runner}::uuid and state = 'active' for share
  ), again as (
    select id from jobs where token_hash = ${token} and runner_id = ${runner}::uuid and state = 'leased'
  ), used as (
    select 1 from attempts where token_hash = ${token}
  ), dead as (
    update jobs set state = (case when cancel_requested then 'cancelled' else 'dead' end)::job_state, strikes = strikes + 1, finished_at = now(),
      runner_id = null, token_hash = null, lease_expires_at = null, deadline_at = null, phase = null
    where id in (
      select id from jobs where state = 'leased' and lease_expires_at < now() and (strikes + 1 >= max_strikes or cancel_requested)
        and token_hash <> ${token}
      limit 50 for update skip locked
    )
    returning id, attempt
  ), expired as (
    select id, true as expired, attempt as old_attempt from jobs d
    where state = 'leased' and lease_expires_at < now() and strikes + 1 < max_strikes and not cancel_requested
      and labels <@ ${textArray(labels)} and ${byOneOf(harnesses)} and not exists (select 1 from used)
      and exists (select 1 from able) and ${mayCheck(runner, 'd')} and ${mayTryAgain(runner)}
    order by lease_expires_at limit 1 for update skip locked
  ), fresh as (
    select id, false as expired, attempt as old_attempt from jobs d
    where state = 'queued' and run_after <= now() and checks is null and ${mayTryAgain(runner)}
      and labels <@ ${textArray(labels)} and ${byOneOf(harnesses)} and not exists (select 1 from used)
      and not exists (select 1 from expired) and exists (select 1 from able)
    order by vtime, id limit 1 for update skip locked
  ), again_by_another as (
    select id, false as expired, attempt as old_attempt from jobs
    where state = 'queued' and checks is not null and run_after <= now() and ${mayCheck(runner, 'jobs')}
      and labels <@ ${textArray(labels)} and ${byOneOf(harnesses)} and not exists (select 1 from used)
      and not exists (select 1 from expired) and not exists (select 1 from fresh) and exists (select 1 from able)
    order by created_at, id limit 1 for update skip locked
  ), pick as (
    select * from expired union all select * from fresh union all select * from again_by_another
  ), closed as (
    update attempts a set ended_at = now(), outcome = 'expired', reason = 'lease-expired'
    from (select id, old_attempt as attempt from pick where expired union all select id, attempt from dead) p
    where a.job_id = p.id and a.attempt = p.attempt and a.ended_at is null
    returning 1
  ), leased as (
    update jobs j set state = 'leased', attempt = j.attempt + 1, strikes = j.strikes + p.expired::int, runner_id = ${runner}::uuid, token_hash = ${token},
      deadline_at = now() + make_interval(secs => j.max_run_seconds),
      lease_expires_at = now() + make_interval(secs => least(j.lease_seconds, j.max_run_seconds)),
      heartbeat_at = now(), phase = null, progress = 0
    from pick p where j.id = p.id
    returning j.*
  ), opened as (
    insert into attempts (job_id, attempt, runner_id, token_hash) select id, attempt, runner_id, token_hash from leased returning 1
  )
  select j.id as job, j.attempt, j.lease_seconds as "leaseSeconds", ${iso('j.lease_expires_at')} as "leaseExpiresAt", ${iso('j.deadline_at')} as deadline,
    ${iso('now()')} as "serverTime", ${asked}
  from (select * from leased union all select j.* from jobs j join again using (id)) j join modules m on m.sha256 = j.module_sha256`;
