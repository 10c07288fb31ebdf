import { type SQL, sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { digestOf } from '../contract/canonical.ts';
import type { Backend } from '../contract/ids.ts';
import type { RunnerClass } from '../contract/protocol.ts';
import { labelsFor, type Runtime } from '../contract/runtime.ts';
import { seasonLabel } from '../contract/season.ts';
import type { Trial } from '../contract/suite.ts';
import { execute } from './client.ts';
import { changeWithEvent, type Event } from './events.ts';
import { isTold } from './season-withheld.ts';
import { textArray } from './values.ts';
import { isDisputed } from './verdicts.ts';

/** What a job's result depends on: two jobs with equal work have one result. */
export type Work = {
  moduleSha256: string;
  /** Of the module. */
  runtime: Runtime;
  suiteDigest: string;
  /** Its name; empty for a public suite. */
  season: string;
  harnessDigest: string;
  engine: Backend;
  class: RunnerClass;
  trials: Trial[];
};

export const keyOf = ({ moduleSha256, suiteDigest, season, harnessDigest, engine, class: runnerClass, trials }: Work) =>
  digestOf([moduleSha256, suiteDigest, season, harnessDigest, engine, runnerClass, trials]);

/**
 * What a runner must have to lease the job. PyTorch is no engine that a runner offers: it comes with the module's set
 * of packages. A stranger's module runs in a jail or not at all.
 */
export const labelsOf = ({ engine, runtime, season, class: runnerClass }: Work, ours: boolean) => [
  ...(engine === 'torch' ? [] : [`engine:${engine}`]),
  ...(season === '' ? [] : [seasonLabel(season)]),
  ...labelsFor(runtime),
  ...(ours ? [] : ['jail']),
  ...(runnerClass === 'official' ? ['official'] : []),
];

/**
 * A job may run for so long a trial, whatever its module does: more than the module's own time limit and all that the
 * harness does beside it. Else a module that stays below its limit in every trial would be called our failure.
 */
const longestTrialSeconds = 600;

/**
 * Puts work into the queue for the evaluation that `evaluation` yields (one row with its id, or none: then nothing
 * happens), with the event, and returns whether there was one. Equal work that is waiting, running or done is shared,
 * and marked so.
 *
 * Start-time fair queueing between owners (Goyal et al. 1996, https://doi.org/10.1145/248156.248171): a job's tag
 * `vtime` is the virtual time, which is the tag of what is being worked on, or the end of the owner's own last job,
 * whichever is later; a job is as long as it has trials. Whoever asks for a hundred jobs therefore waits for them
 * alone. Those whose author is withheld, `ownerId` null, count as one owner: a place behind the owner's other work
 * would say whose they are.
 */
export async function enqueue(
  evaluation: SQL,
  work: readonly Work[],
  { suite, ownerId, ours, event }: { suite: string; ownerId: string | null; ours: boolean; event: Event },
): Promise<boolean> {
  const [first] = work;
  if (!first) throw new RangeError('enqueue: no work');
  const rows = await Promise.all(
    work.map(async (one, place) => ({ place, key: await keyOf(one), trials: one.trials })),
  );
  const asked = await changeWithEvent(
    event,
    sql`
    evaluation as (
      ${evaluation}
    ), work as (
      select place, key, trials, sum(jsonb_array_length(trials)) over (order by place) - jsonb_array_length(trials) as before
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(place int, key text, trials jsonb) where exists (select 1 from evaluation)
    ), clock as (
      select greatest(
        coalesce((select max(vtime) from jobs where state = 'leased' and checks is null),
          (select min(vtime) from jobs where state = 'queued' and checks is null), 0),
        (select vtime + jsonb_array_length(trials) from jobs
          where ${ownerId === null ? sql`owner_id is null` : sql`owner_id = ${ownerId}::uuid`} and state in ('queued', 'leased') and checks is null order by vtime desc limit 1)
      ) as vtime
    ), job as (
      insert into jobs (key, module_sha256, suite, suite_digest, harness_digest, engine, trials, labels, max_run_seconds, owner_id, vtime)
      select w.key, ${first.moduleSha256}, ${suite}, ${first.suiteDigest}, ${first.harnessDigest}, ${first.engine}, w.trials,
        ${textArray(labelsOf(first, ours))}, ${longestTrialSeconds}::int * jsonb_array_length(w.trials), ${ownerId}::uuid, clock.vtime + w.before
      from work w, clock order by w.place
      on conflict (key) where state in ('queued', 'leased', 'succeeded') do update set cancel_requested = false, cancel_reason = null
      returning id, (xmax <> 0) as reused
    ), linked as (
      insert into evaluation_jobs (evaluation_id, job_id, reused) select evaluation.id, job.id, job.reused from evaluation, job
      on conflict do nothing returning 1
    ), changed as (
      select evaluation.id from evaluation, (select count(*) from linked) last
    )`,
  );
  return asked > 0;
}

/** The job `j` of the evaluation `e` was given up by our side, and not asked for again. */
export const isGivenUp: SQL = sql`(j.state = 'dead' and not exists (
  select 1 from jobs n join evaluation_jobs nj on nj.job_id = n.id
  where nj.evaluation_id = e.id and n.key = j.key and n.created_at > j.created_at))`;

/**
 * A job `j` of the evaluation `e` that has not ended, is disputed, or was given up by our side and not asked for again.
 */
export const isOpen: SQL = sql`(j.state in ('queued', 'leased') or ${isDisputed(sql`j.id`)} or ${isGivenUp})`;

/** Ends what an evaluation still waits for, and returns how many jobs that were. */
export const cancelEvaluation = (id: string, reason: string, { shared }: { shared: boolean }): Promise<number> =>
  changeWithEvent(
    { kind: 'evaluation.cancelled', subject: id, data: { reason } },
    sql`changed as (${endJobs(sql`select ${id}::uuid`, reason, { shared })})`,
  );

/**
 * Asks the jobs of these evaluations to end: one that waits ends now, one that runs with its runner's next word or with
 * its lease. So do those that run one of them again. A job that another standing evaluation waits for as well goes on,
 * unless `shared` are to end too.
 */
export const endJobs = (evaluationIds: SQL, reason: string, { shared }: { shared: boolean }): SQL => sql`
    update jobs set cancel_requested = true, cancel_reason = ${reason},
      state = (case when state = 'queued' then 'cancelled' else state::text end)::job_state,
      finished_at = case when state = 'queued' then now() end
    where state in ('queued', 'leased') and not cancel_requested
      and id in (
        select job_id from evaluation_jobs where evaluation_id in (${evaluationIds})
        union all select c.id from evaluation_jobs ej join jobs c on c.checks = ej.job_id where ej.evaluation_id in (${evaluationIds}))
      and (${shared}::bool or not exists (
        select 1 from evaluation_jobs ej join evaluations e on e.id = ej.evaluation_id join submissions s on s.id = e.submission_id
        where ej.job_id = coalesce(jobs.checks, jobs.id) and e.id not in (${evaluationIds}) and s.withdrawn_at is null
      ))
    returning id`;

/**
 * How much waits and how much is being worked on: what an autoscaler asks. A job of an open season waits until the hour
 * in which it ended is over: anybody may ask, and how long a module trains could tell what it saw.
 */
export async function queueDepth(): Promise<{ waiting: number; leased: number }> {
  const [depth] = await execute(
    z.object({ waiting: z.int(), leased: z.int() }),
    sql`
    select (count(*) filter (where state = 'queued' or not told))::int as waiting,
      (count(*) filter (where state = 'leased' and told))::int as leased
    from (
      select state, true as told from jobs where state in ('queued', 'leased') and ${isTold('suite_digest')}
      union all select state, false from jobs
      where (state in ('queued', 'leased') or finished_at >= date_trunc('hour', now())) and checks is null and not ${isTold('suite_digest')}
    ) counted`,
  );
  return depth!;
}
