import { sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { findSuite, suites } from '../catalog/suites/index.ts';
import { execute } from './client.ts';
import type { EvaluationView } from './evaluation-view.ts';
import { evaluationsOf } from './evaluation-views.ts';
import { enqueueEvaluation } from './evaluations.ts';
import { changeWithEvent } from './events.ts';
import { textArray } from './values.ts';

/**
 * Decides on the evaluations that wait for an earlier suite (`Suite.after`) of their submission: its jobs are asked for
 * once every trial there is scored, and refused with the reason once that can't be any more. Of one submission, or of
 * all; said again, it changes nothing. Returns how many were decided.
 */
export async function admitWaiting(submissionId: string | null): Promise<number> {
  const later = suites.filter(({ after }) => after !== null).map(({ id }) => id);
  if (later.length === 0) return 0; // asked whenever a runner finds nothing to do
  const waiting = await execute(
    z.object({ id: z.uuid(), submissionId: z.uuid(), suite: z.string() }),
    sql`
    select e.id, e.submission_id as "submissionId", e.suite from evaluations e join submissions s on s.id = e.submission_id
    where e.suite = any(${textArray(later)}) and e.refused is null and s.withdrawn_at is null and (${submissionId}::uuid is null or s.id = ${submissionId}::uuid)
      and not exists (select 1 from evaluation_jobs ej where ej.evaluation_id = e.id)
    order by e.created_at limit 100`,
  );
  let decided = 0;
  for (const { id, submissionId: subject, suite } of waiting) {
    const after = findSuite(suite)?.after;
    const earlier = (await evaluationsOf(subject)).find(
      (view) => view.suite === after && (view.state === 'scored' || view.state === 'failed'),
    );
    if (!earlier) continue;
    const reason = shortfall(earlier);
    if (reason === null) await enqueueEvaluation(id, 'evaluation.admitted');
    else await refuse(id, reason);
    decided++;
  }
  return decided;
}

/** The same for the submissions that wait for this job's result. */
export async function admitAfter(job: string): Promise<void> {
  const submissions = await execute(
    z.object({ id: z.uuid() }),
    sql`
    select distinct e.submission_id as id from evaluation_jobs ej join evaluations e on e.id = ej.evaluation_id where ej.job_id = ${job}::uuid`,
  );
  for (const { id } of submissions) await admitWaiting(id);
}

/** Why the earlier suite was not passed, in a sentence, or null. */
function shortfall({ suite, trials }: EvaluationView): string | null {
  const others = trials.filter(({ outcome }) => outcome !== 'scored');
  if (others.length === 0) return null;
  const outcomes = [...new Set(others.map(({ outcome }) => outcome))].join(', ');
  return `${suite} comes first, and ${others.length} of its ${trials.length} trials were not scored (${outcomes}).`;
}

async function refuse(evaluation: string, reason: string): Promise<void> {
  await changeWithEvent(
    { kind: 'evaluation.refused', subject: evaluation, data: { reason } },
    sql`changed as (
      update evaluations e set refused = ${reason}
      where id = ${evaluation}::uuid and refused is null and not exists (select 1 from evaluation_jobs ej where ej.evaluation_id = e.id) returning id
    )`,
  );
}
