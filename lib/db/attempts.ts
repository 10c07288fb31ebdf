import { and, eq, type SQL, sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { jobs, modules } from '../../drizzle/schema.ts';
import {
  AttemptAnswer,
  type FailRequest,
  type Heartbeat,
  HeartbeatAnswer,
  JobState,
  limits,
} from '../contract/protocol.ts';
import { plainLine } from '../plain-text.ts';
import { hashOf } from '../secrets.ts';
import { db, execute } from './client.ts';
import { iso } from './values.ts';

/** Before a job that failed on our side is tried again. */
const longestWaitSeconds = 300;

/** What a runner says about an attempt of its own. Every write below is conditional on this whole. */
export type Fence = { runner: string; job: string; attempt: number; token: string };

/** The job is leased to this attempt: the fence. Asked of the row `j`. */
export const holds = ({ runner, job, attempt, token }: Fence): SQL =>
  sql`j.id = ${job}::uuid and j.attempt = ${attempt}::int and j.token_hash = ${hashOf(token)} and j.runner_id = ${runner}::uuid and j.state = 'leased'`;

/**
 * Prolongs the lease, by the database's clock and never past the deadline; null where the attempt does not hold the job
 * any more. A lease that ran out and was not given to another is prolonged too. Once a cancel is asked for, it is not:
 * the job then ends with the lease.
 */
export async function heartbeat(fence: Fence, { phase, progress }: Heartbeat): Promise<HeartbeatAnswer | null> {
  const [answer] = await execute(
    HeartbeatAnswer,
    sql`
    update jobs j set heartbeat_at = now(), phase = ${plainLine(phase)}, progress = ${progress}::float8,
      lease_expires_at = case when cancel_requested then lease_expires_at else least(now() + make_interval(secs => lease_seconds), deadline_at) end
    where ${holds(fence)} and deadline_at > now()
    returning ${iso('lease_expires_at')} as "leaseExpiresAt", cancel_requested as cancel,
      (select state <> 'active' from runners where id = j.runner_id) as drain`,
  );
  return answer ?? null;
}

export type LogVerdict =
  | { verdict: 'appended' | 'known' | 'gap'; next: number }
  | { verdict: 'full' }
  | { verdict: 'lost' };

/** Appends to the attempt's log at `offset`, in bytes. The same bytes at the same offset change nothing. */
export async function appendLog(fence: Fence, offset: number, bytes: Uint8Array): Promise<LogVerdict> {
  const text = sql`decode(${Buffer.from(bytes).toString('hex')}, 'hex')`;
  const [written] = await execute(
    z.object({ next: z.int() }),
    sql`
    update attempts a set log = a.log || ${text} from jobs j
    where ${holds(fence)} and a.job_id = j.id and a.attempt = j.attempt
      and octet_length(a.log) = ${offset}::int and ${offset + bytes.length}::int <= ${limits.logBytes}::int
    returning octet_length(a.log) as next`,
  );
  if (written) return { verdict: 'appended', next: written.next };
  const [found] = await execute(
    z.object({ size: z.int(), known: z.boolean() }),
    sql`
    select octet_length(a.log) as size, substring(a.log from ${offset + 1}::int for ${bytes.length}::int) = ${text} as known
    from attempts a join jobs j on j.id = a.job_id and j.attempt = a.attempt where ${holds(fence)}`,
  );
  if (!found) return { verdict: 'lost' };
  if (found.known) return { verdict: 'known', next: offset + bytes.length };
  return offset + bytes.length > limits.logBytes ? { verdict: 'full' } : { verdict: 'gap', next: found.size };
}

/**
 * Ends the attempt on our side's account and gives the job back: `infra` costs a strike and waits a little, twice as
 * long each time and five minutes at most; `released` costs none; the last strike ends the job, a cancel that was asked
 * for too. Said twice, it counts once. Null where the attempt does not hold the job.
 */
export async function failAttempt(fence: Fence, { class: kind, code, detail }: FailRequest): Promise<JobState | null> {
  const infra = kind === 'infra';
  const [ended] = await execute(
    z.object({ state: JobState }),
    sql`
    with ended as (
      update jobs j set
        state = (case when cancel_requested then 'cancelled' when ${infra}::bool and strikes + 1 >= max_strikes then 'dead' else 'queued' end)::job_state,
        finished_at = case when cancel_requested or (${infra}::bool and strikes + 1 >= max_strikes) then now() end,
        strikes = strikes + ${infra}::bool::int,
        run_after = case when ${infra}::bool then now() + make_interval(secs => least(${longestWaitSeconds}::int, 5 * power(2, least(strikes, 20)))) else now() end,
        runner_id = null, token_hash = null, lease_expires_at = null, deadline_at = null, phase = null, progress = 0
      where ${holds(fence)}
      returning j.id, j.attempt, j.state
    ), closed as (
      update attempts a set ended_at = now(), reason = ${code}, detail = ${detail},
        outcome = (case when ${infra}::bool then 'infra' when e.state = 'cancelled' then 'cancelled' else 'released' end)::attempt_outcome
      from ended e where a.job_id = e.id and a.attempt = e.attempt
      returning 1
    )
    select state from ended`,
  );
  if (ended) return ended.state;
  const [before] = await execute(
    z.object({ state: JobState }),
    sql`
    select j.state from jobs j join attempts a on a.job_id = j.id
    where ${isAttempt(fence)} and a.outcome in ('infra', 'released', 'cancelled') and a.reason = ${code}`,
  );
  return before?.state ?? null;
}

/** What the site believes of this attempt, told to the runner that made it; null to any other. */
export async function attemptState(fence: Fence): Promise<AttemptAnswer | null> {
  const [answer] = await execute(
    AttemptAnswer,
    sql`
    select j.id as job, a.attempt, j.state, (j.state = 'leased' and j.attempt = a.attempt) as live, a.outcome, a.reason,
      ${iso('a.started_at')} as "startedAt", ${iso('a.ended_at')} as "endedAt"
    from jobs j join attempts a on a.job_id = j.id where ${isAttempt(fence)}`,
  );
  return answer ?? null;
}

/** The code of the module that this attempt works on, while it holds the job. */
export async function moduleUnderLease(fence: {
  runner: string;
  token: string;
  sha256: string;
}): Promise<string | null> {
  const [found] = await (await db())
    .select({ code: modules.code })
    .from(jobs)
    .innerJoin(modules, eq(modules.sha256, jobs.moduleSha256))
    .where(
      and(
        eq(jobs.tokenHash, hashOf(fence.token)),
        eq(jobs.runnerId, fence.runner),
        eq(jobs.state, 'leased'),
        eq(modules.sha256, fence.sha256),
      ),
    );
  return found?.code ?? null;
}

/** The rows `j` and `a` are those of this attempt, live or over, and it was this runner's. */
const isAttempt = ({ runner, job, attempt, token }: Fence): SQL =>
  sql`j.id = ${job}::uuid and a.attempt = ${attempt}::int and a.token_hash = ${hashOf(token)} and a.runner_id = ${runner}::uuid`;
