import { sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { execute } from './client.ts';
import { isTold } from './season-withheld.ts';
import { textArray } from './values.ts';

/**
 * Where each of these evaluations stands in the queue, from 1: before it come those submissions of others that have a
 * job which is leased before its first one. One that has no waiting job has no place.
 *
 * The queue is numbered once (`materialized`): where PostgreSQL's statistics were older than the evaluations it
 * numbered it again for each of them.
 */
export async function placesInQueue(evaluationIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await execute(
    z.object({ id: z.uuid(), position: z.int() }),
    sql`
    with first as materialized (
      select ej.evaluation_id as id, min(p.n) as first
      from (select id, row_number() over (order by vtime, id) as n from jobs where state = 'queued') p
      join evaluation_jobs ej on ej.job_id = p.id group by 1
    ), waits as materialized (
      select f.id, e.submission_id, f.first from first f join evaluations e on e.id = f.id
    )
    select w.id, 1 + (
      select count(distinct o.submission_id) from waits o where o.first < w.first and o.submission_id <> w.submission_id
    )::int as position
    from waits w where w.id::text = any(${textArray(evaluationIds)})`,
  );
  return new Map(rows.map(({ id, position }) => [id, position]));
}

/**
 * Minutes until the last job of an evaluation that waits or runs is done: what is leased before it and its own work, at
 * the pace of the last jobs of those suites, by as many runners as are heard. Jobs of an open season count as a whole,
 * at the pace of all others: how fast they are and how far is withheld. Null where no such job was done within a
 * week, or no runner is heard. Whoever comes later shares the runners and makes it longer.
 */
export async function minutesLeft(evaluationId: string): Promise<number | null> {
  const [row] = await execute(
    z.object({ seconds: z.number().nullable() }),
    sql`
    with open as (
      select id, state, suite, told, vtime, jsonb_array_length(trials) * (case when state = 'leased' and told then 1 - progress else 1 end) as trials,
        exists (select 1 from evaluation_jobs ej where ej.job_id = jobs.id and ej.evaluation_id = ${evaluationId}::uuid) as own
      from (select *, ${isTold('suite_digest')} as told from jobs) jobs where state in ('queued', 'leased') and (checks is null or state = 'leased')
    ), recent as (
      select job_id, extract(epoch from ended_at - started_at)::float8 as seconds from attempts join runners r on r.id = runner_id
      where outcome = 'succeeded' and ended_at > now() - interval '7 days' and r.state <> 'retired'
      order by ended_at desc limit 400
    ), pace as (
      select j.suite, sum(seconds) / sum(jsonb_array_length(j.trials)) as seconds
      from recent join jobs j on j.id = job_id where ${isTold('j.suite_digest')} group by j.suite
    ), hands as (
      select greatest(
        (select count(*) from runners where state = 'active' and last_seen_at > now() - interval '1 minute'),
        (select count(*) from open where state = 'leased')) as n
    ), last as (
      select vtime, id from open where own and state = 'queued' order by vtime desc, id desc limit 1
    ), before as (
      select open.*, trials * (case when told then pace.seconds else (select avg(seconds) from pace) end) as takes from open left join pace using (suite)
      where own or (exists (select 1 from last) and (state = 'leased' or (vtime, id) <= (select vtime, id from last)))
    )
    select (case when bool_or(takes is null) or hands.n = 0 then null
      when exists (select 1 from last) then sum(takes) / hands.n else max(takes) end)::float8 as seconds
    from hands left join before on true group by hands.n`,
  );
  const seconds = row?.seconds ?? null;
  return seconds === null ? null : Math.max(1, Math.ceil(seconds / 60));
}
