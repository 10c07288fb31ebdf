import { sql } from 'drizzle-orm';
import 'server-only';
import { type Inconsistency, mendBy } from './inconsistency.ts';

const noAttempt = sql`j.state = 'leased' and not exists (
  select 1 from attempts a where a.job_id = j.id and a.attempt = j.attempt)`;
const openBeside = sql`a.ended_at is null and (j.state <> 'leased' or a.attempt <> j.attempt)`;
const noResult = sql`j.state = 'succeeded' and not exists (select 1 from results r where r.job_id = j.id)`;
const equalWorkStands = sql`exists (
  select 1 from jobs o where o.key = j.key and o.id <> j.id and o.state in ('queued', 'leased', 'succeeded'))`;

/** Of jobs, attempts and results. */
export const queueInconsistencies: readonly Inconsistency[] = [
  {
    id: 'lease-without-attempt',
    of: 'job',
    words: 'it is leased, and its attempt is not recorded',
    atLease: true,
    find: () => sql`select j.id from jobs j where ${noAttempt}`,
    mend: mendBy(
      'lease-without-attempt',
      (id) => sql`changed as (
        insert into attempts (job_id, attempt, runner_id, token_hash)
        select j.id, j.attempt, j.runner_id, j.token_hash from jobs j where j.id = ${id}::uuid and ${noAttempt} returning 1
      )`,
    ),
  },
  {
    id: 'attempt-without-end',
    of: 'job',
    words: 'an attempt at it has no end, and does not hold it',
    atLease: false,
    find: () => sql`select distinct j.id from attempts a join jobs j on j.id = a.job_id where ${openBeside}`,
    mend: mendBy(
      'attempt-without-end',
      (id) => sql`changed as (
        update attempts a set ended_at = now(), outcome = (case
          when exists (select 1 from results r where r.job_id = j.id and r.attempt = a.attempt) then 'succeeded'
          when j.state = 'cancelled' then 'cancelled' else 'released' end)::attempt_outcome
        from jobs j where j.id = ${id}::uuid and a.job_id = j.id and ${openBeside} returning 1
      )`,
    ),
  },
  {
    id: 'success-without-result',
    of: 'job',
    words: 'it has succeeded, and its result is not there',
    atLease: false,
    find: () => sql`select j.id from jobs j where ${noResult}`,
    mend: mendBy(
      'success-without-result',
      (id) => sql`changed as (
        update jobs j set state = 'queued', finished_at = null, progress = 0, run_after = now()
        where j.id = ${id}::uuid and ${noResult} returning 1
      )`,
    ),
  },
  {
    id: 'result-without-success',
    of: 'job',
    words: 'its result is there, and it has not succeeded',
    atLease: false,
    find: () => sql`select j.id from results r join jobs j on j.id = r.job_id where j.state <> 'succeeded'`,
    mend: mendBy(
      'result-without-success',
      (id) => sql`changed as (
        update jobs j set state = 'succeeded', finished_at = coalesce(finished_at, now()), progress = 1, phase = null,
          runner_id = null, token_hash = null, lease_expires_at = null, deadline_at = null
        where j.id = ${id}::uuid and j.state <> 'succeeded' and exists (select 1 from results r where r.job_id = j.id)
          and not (j.state in ('dead', 'cancelled') and ${equalWorkStands})
        returning 1
      )`,
    ),
  },
];
