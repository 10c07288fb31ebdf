import { sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { isOrganizer, type SignedIn, type Viewer } from '../viewer.ts';
import { execute, oneAtATime } from './client.ts';
import { askAgain } from './evaluations.ts';
import { isGivenUp } from './jobs.ts';
import { requireSubmission } from './submissions.ts';
import { iso } from './values.ts';

/** An evaluation that our side gave up. `reason`, `detail`: of the last attempt that failed. */
const GivenUp = z.object({
  submission: z.uuid(),
  name: z.string(),
  suite: z.string(),
  jobs: z.int(),
  at: z.iso.datetime(),
  reason: z.string().nullable(),
  detail: z.string().nullable(),
});
export type GivenUp = z.infer<typeof GivenUp>;

/** So many are listed: whoever has more has one cause. */
const listed = 100;

/**
 * What waits for an organizer, the newest first; empty for others. Nothing is left to do for a season that is closed.
 */
export async function givenUpEvaluations(viewer: Viewer): Promise<GivenUp[]> {
  if (!isOrganizer(viewer)) return [];
  return execute(
    GivenUp,
    sql`
    select s.id as submission, s.name, e.suite, count(*)::int as jobs, ${iso('max(j.finished_at)')} as at,
      (array_agg(a.reason order by a.ended_at desc))[1] as reason, (array_agg(a.detail order by a.ended_at desc))[1] as detail
    from evaluations e join submissions s on s.id = e.submission_id join evaluation_jobs ej on ej.evaluation_id = e.id
      join jobs j on j.id = ej.job_id left join attempts a on a.job_id = j.id and a.attempt = j.attempt
    where s.withdrawn_at is null and ${isGivenUp}
      and not exists (select 1 from seasons n where n.name = e.season and n.state = 'closed')
    group by e.id, s.id order by max(j.finished_at) desc limit ${listed}`,
  );
}

/**
 * Has everything tried again that our side gave up of a submission, on all public suites; in a season that is asked for
 * by entering it again. Its owner's or an organizer's. Throws `conflict` where there is nothing of the kind, or it was
 * withdrawn.
 */
export async function tryAgain(id: string, viewer: SignedIn): Promise<void> {
  const { manageable, withdrawnAt } = await requireSubmission(id, viewer);
  if (!manageable) throw new AppError('forbidden', 'Only its owner and the organizers have a submission tried again.');
  if (withdrawnAt) throw new AppError('conflict', 'This submission was withdrawn.');
  const asked = await oneAtATime(() => askAgain(sql`e.submission_id = ${id}::uuid and e.season = ''`));
  if (asked === 0) throw new AppError('conflict', 'Nothing of it was given up, or it is being tried again already.');
}
