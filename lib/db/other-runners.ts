import { type SQL, sql } from 'drizzle-orm';
import 'server-only';
import { seasonLabelsHeld } from './season-labels.ts';

/** What failed on one runner is first offered to the others, for so long. */
const othersFirstMinutes = 15;

/** A runner `n` that was heard of late and may do the job `d`. */
export const canDo = sql`n.state = 'active' and n.class = 'official' and d.labels <@ (n.labels || array['official'] || ${seasonLabelsHeld(sql.raw('n.id'))})
  and coalesce(n.last_seen_at, n.created_at) > now() - interval '10 minutes'`;

/** The job `d` failed before on this runner, on our side. */
const failedOn = (runner: SQL) => sql`exists (
  select 1 from attempts f where f.job_id = d.id and f.runner_id = ${runner} and f.outcome in ('infra', 'expired'))`;

/**
 * Whether a runner may try the job `d`, as far as its own failures go: not yet where it failed before and another one
 * can do it. So one broken machine does not use up all strikes of a job.
 */
export const mayTryAgain = (runner: string) => sql`(
  not ${failedOn(sql`${runner}::uuid`)}
  or greatest(d.run_after, d.lease_expires_at) < now() - make_interval(mins => ${othersFirstMinutes}::int)
  or not exists (select 1 from runners n where n.id <> ${runner}::uuid and ${canDo} and not ${failedOn(sql`n.id`)}))`;
