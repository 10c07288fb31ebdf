import { type SQL, sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { canonicalJson } from '../contract/canonical.ts';
import { engineText } from '../contract/engine-text.ts';
import type { CheckChoice } from '../contract/ids.ts';
import { JobResult } from '../contract/result.ts';
import { trialKey } from '../contract/suite.ts';
import { AppError } from '../errors.ts';
import { differences } from '../scoring/differences.ts';
import { isOrganizer, type Viewer } from '../viewer.ts';
import { execute } from './client.ts';
import { changeWithEvent } from './events.ts';
import { canDo } from './other-runners.ts';
import { isTold, isWithheld } from './season-withheld.ts';
import { iso } from './values.ts';

/**
 * This share of the jobs is run twice, chosen by the key: anybody can tell afterwards which ones had to be. A runner
 * can tell beforehand, so it finds machines that err, and not one that lies.
 */
const share = 0.05;

/** What runs again waits for another runner for so long. */
const waitSeconds = 86_400;

/** The first of the results of equal work, the one that was checked, and those that ran it again. */
const ranBy = (runner: string, job: string) => sql`exists (
  select 1 from results w join jobs r on r.id = w.job_id
  where w.runner_id = ${runner}::uuid and (r.id = ${sql.raw(job)}.checks or r.checks = ${sql.raw(job)}.checks))`;

/** Of a row of jobs: this runner may lease it, as far as it is a check: it has not run the same work before. */
export const mayCheck = (runner: string, job: string) =>
  sql`(${sql.raw(job)}.checks is null or not ${ranBy(runner, job)})`;

const copy = (of: SQL, n: number) => sql`
  insert into jobs (key, module_sha256, suite, suite_digest, harness_digest, engine, trials, labels, max_run_seconds, owner_id, vtime, checks)
  select d.key || ' check ' || ${n}::int, d.module_sha256, d.suite, d.suite_digest, d.harness_digest, d.engine, d.trials, d.labels,
    d.max_run_seconds, d.owner_id, d.vtime, d.id
  from ${of}`;

/** Has the job `done` that has just got its result run again by another runner, if it is one of those that are. */
export const checkSome = (runner: string) => sql`
  ${copy(sql`done d`, 1)}
  where d.checks is null and 'official' = any(d.labels)
    and ('x' || substr(split_part(d.key, ':', 2), 1, 8))::bit(32)::bigint < ${Math.floor(share * 2 ** 32)}::bigint
    and exists (select 1 from runners n where n.id <> ${runner}::uuid and ${canDo})
  on conflict (key) where state in ('queued', 'leased', 'succeeded') do nothing returning 1`;

/** Ends the checks that no other runner came for, and returns how many that were. */
export const endOldChecks = async (): Promise<number> =>
  (
    await execute(
      z.unknown(),
      sql`update jobs set state = 'cancelled', finished_at = now(), cancel_reason = 'No other runner was there to run it again.'
        where state = 'queued' and checks is not null and created_at < now() - make_interval(secs => ${waitSeconds}::int) returning 1`,
    )
  ).length;

const Ran = z.object({
  id: z.uuid(),
  job: z.uuid(),
  /** Whether it is what is checked, or ran it again. */
  first: z.boolean(),
  payload: JobResult,
});
type Ran = z.infer<typeof Ran>;

/** The results of the work that this job checks, the first one first; its own is the last. */
const resultsBeside = (check: string): Promise<Ran[]> =>
  execute(
    Ran,
    sql`select r.job_id as id, c.checks as job, r.job_id = c.checks as first, r.payload
      from jobs c join jobs o on o.id = c.checks or o.checks = c.checks join results r on r.job_id = o.id
      where c.id = ${check}::uuid order by (r.job_id = c.checks) desc, (r.job_id = c.id), o.created_at`,
  );

type Verdict = 'same' | 'differs' | 'not-compared';
type Compared = { verdict: Verdict; detail: string | null };

/**
 * Equal engines must agree to the last bit. Others are not compared: how far honest ones may lie apart was not measured
 * yet.
 */
function compare(first: JobResult, again: JobResult): Compared {
  if (canonicalJson(first.engine) !== canonicalJson(again.engine))
    return { verdict: 'not-compared', detail: `${engineText(first.engine)} and ${engineText(again.engine)}` };
  const found = differences(first.trials, again.trials);
  const [one] = found;
  if (!one) return { verdict: 'same', detail: null };
  const { metric, recorded, again: trial } = one;
  const told = `${metric} of ${trialKey(trial)}: ${JSON.stringify(recorded[metric])} and ${JSON.stringify(trial[metric])}`;
  return { verdict: 'differs', detail: found.length === 1 ? told : `${told}; ${found.length} numbers in all` };
}

/**
 * Compares a job that ran another again with it, and keeps the verdict with its event; nothing where the job checks
 * none, or was judged before. Returns the job that was checked. A third run that agrees with one of two decides for it.
 */
export async function judge(check: string): Promise<string | null> {
  const ran = await resultsBeside(check);
  const first = ran.find((one) => one.first);
  const again = ran.find(({ id }) => id === check);
  if (!first || !again) return null;
  const { verdict, detail } = compare(first.payload, again.payload);
  const agreed = ran.find((one) => one !== again && compare(one.payload, again.payload).verdict === 'same');
  await changeWithEvent(
    { kind: 'check.ended', subject: first.id, data: { check, verdict, detail } },
    sql`decided as (
      update verdicts set stands_id = ${agreed?.id ?? null}::uuid, reason = 'A third run agrees with it.'
      where job_id = ${first.id}::uuid and verdict = 'differs' and stands_id is null and ${agreed?.id ?? null}::uuid is not null
      returning 1
    ), changed as (
      insert into verdicts (check_id, job_id, verdict, detail, stands_id)
      select ${check}::uuid, ${first.id}::uuid, ${verdict}, ${detail}, (case when ${verdict} = 'differs' then ${agreed?.id ?? null} end)::uuid
      from (select count(*) from decided) last
      on conflict do nothing returning 1
    )`,
  );
  return first.id;
}

/**
 * Decides, for an organizer, on a job whose two runs disagree: one of them stands, or a third runner is asked. `by` is
 * the organizer, or null for the command on the site's own machine. Throws `not-found` where there is nothing to
 * decide, and `conflict` where somebody else decided meanwhile, or there is no third runner.
 */
export async function decide(
  job: string,
  choice: CheckChoice,
  reason: string,
  by: string | null = null,
): Promise<void> {
  const open = sql`select check_id from verdicts where job_id = ${job}::uuid and verdict = 'differs' and stands_id is null order by created_at`;
  const [known] = await execute(z.object({ check: z.uuid() }), sql`select check_id as check from (${open}) o limit 1`);
  if (!known) throw new AppError('not-found', `No two runs of job ${job} disagree, or it was decided before.`);
  if (choice === 'third') return askThird(job, reason, by);
  const stands = choice === 'first' ? job : known.check;
  const decided = await changeWithEvent(
    { kind: 'check.decided', subject: job, data: { stands, reason, ...(by && { by }) } },
    sql`changed as (
      update verdicts set stands_id = ${stands}::uuid, reason = ${reason} where check_id in (${open}) returning 1
    )`,
  );
  if (decided === 0) throw new AppError('conflict', `Job ${job} was decided by somebody else meanwhile.`);
}

async function askThird(job: string, reason: string, by: string | null): Promise<void> {
  const asked = await changeWithEvent(
    { kind: 'check.asked', subject: job, data: { reason, ...(by && { by }) } },
    sql`changed as (
      ${copy(sql`jobs d`, 2)}
      where d.id = ${job}::uuid and exists (
        select 1 from runners n where ${canDo} and not exists (
          select 1 from results w join jobs o on o.id = w.job_id where w.runner_id = n.id and (o.id = d.id or o.checks = d.id)))
      on conflict (key) where state in ('queued', 'leased', 'succeeded') do nothing returning 1
    )`,
  );
  if (asked === 0)
    throw new AppError(
      'conflict',
      'A third run wants a third official runner that can do the job, and is asked for once.',
    );
}

const CheckRow = z.object({
  job: z.uuid(),
  submission: z.uuid().nullable(),
  suite: z.string(),
  /** Its name; empty for a public suite. */
  season: z.string().nullable(),
  /** Of a season that is not closed. */
  withheld: z.boolean(),
  verdict: z.enum(['same', 'differs', 'not-compared']).nullable(),
  detail: z.string().nullable(),
  firstRunner: z.string(),
  againRunner: z.string().nullable(),
  /** Which of them stands where they differ; null: nobody has decided. */
  stands: z.enum(['first', 'again']).nullable(),
  reason: z.string().nullable(),
  at: z.iso.datetime(),
});
/** A job that was run twice, or is about to be. */
export type CheckRow = z.infer<typeof CheckRow>;

const checksWhere = (where: SQL, limit: number): Promise<CheckRow[]> =>
  execute(
    CheckRow,
    sql`select j.id as job, c.suite, v.verdict, v.reason,
      ${isWithheld('c.suite_digest')} as withheld, e.submission_id as submission, e.season,
      case when ${isWithheld('c.suite_digest')} then null else v.detail end as detail, ${iso('coalesce(v.created_at, c.created_at)')} as at,
      (select n.name from results r join runners n on n.id = r.runner_id where r.job_id = j.id) as "firstRunner",
      (select n.name from results r join runners n on n.id = r.runner_id where r.job_id = c.id) as "againRunner",
      case when v.stands_id = j.id then 'first' when v.stands_id is not null then 'again' end as stands
      from jobs c join jobs j on j.id = c.checks left join verdicts v on v.check_id = c.id
        left join lateral (
          select submission_id, season from evaluation_jobs ej join evaluations on id = ej.evaluation_id where ej.job_id = j.id limit 1) e on true
      where c.checks is not null and exists (select 1 from results r where r.job_id = j.id) and ${where} order by c.created_at desc limit ${limit}::int`,
  );

/** Of an evaluation, those that wait for their second runner too. */
export const checksOfEvaluation = (evaluation: string): Promise<CheckRow[]> =>
  checksWhere(
    sql`j.id in (select job_id from evaluation_jobs where evaluation_id = ${evaluation}::uuid) and c.state <> 'cancelled'`,
    100,
  );

/**
 * On which nobody has decided. Those of a season that is not closed are an organizer's to see: that two runs of a
 * module differ, and when, could tell what it saw.
 */
export const openDisputes = (by: Viewer | 'chore'): Promise<CheckRow[]> =>
  checksWhere(
    sql`v.verdict = 'differs' and v.stands_id is null
      and (${by === 'chore' || isOrganizer(by)}::bool or ${isTold('c.suite_digest')})`,
    100,
  );

const Counts = z.object({ same: z.int(), differs: z.int(), notCompared: z.int(), open: z.int() });
export type CheckCounts = z.infer<typeof Counts>;

/** How many jobs were run twice, and what came of it. Those of an open season are not counted before its close. */
export async function checkCounts(): Promise<CheckCounts> {
  const [counts] = await execute(
    Counts,
    sql`select (count(*) filter (where verdict = 'same'))::int as same, (count(*) filter (where verdict = 'differs'))::int as differs,
      (count(*) filter (where verdict = 'not-compared'))::int as "notCompared",
      (count(*) filter (where verdict = 'differs' and stands_id is null))::int as open
      from verdicts join jobs on jobs.id = verdicts.job_id where ${isTold('jobs.suite_digest')}`,
  );
  return counts!;
}
