import { sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import type { Decision } from '../contract/decision.ts';
import { AppError } from '../errors.ts';
import { plainLine } from '../plain-text.ts';
import { requireOrganizer, type Viewer } from '../viewer.ts';
import { decide } from './checks.ts';
import { execute } from './client.ts';
import { storeScoresAfter } from './scores.ts';

/**
 * Decides on a job whose two runs disagree, and stores the scores that follow. For an organizer, not about a submission
 * of one's own, or for a chore of the site's own machine. Throws `unauthenticated`, `forbidden`, `invalid` without a
 * reason, and what `decide` throws.
 */
export async function decideCheck(viewer: Viewer | 'chore', { job, choice, reason: given }: Decision): Promise<void> {
  if (viewer !== 'chore') requireOrganizer(viewer, 'decide which of two results stands');
  if (viewer !== 'chore' && (await isOwn(job, viewer.id)))
    throw new AppError('forbidden', 'Nobody decides on a run of a submission of one’s own.');
  const reason = plainLine(given);
  if (!reason) throw new AppError('invalid', 'reason: a reason is wanted');
  await decide(job, choice, reason, viewer === 'chore' ? null : viewer.id);
  await storeScoresAfter(job);
}

/** Whether the job serves a submission of this person's. Reference defenses are nobody's own. */
async function isOwn(job: string, person: string): Promise<boolean> {
  const found = await execute(
    z.object({ id: z.uuid() }),
    sql`select s.id from evaluation_jobs ej join evaluations e on e.id = ej.evaluation_id
      join submissions s on s.id = e.submission_id
      where ej.job_id = ${job}::uuid and s.owner_id = ${person}::uuid and s.baseline is null limit 1`,
  );
  return found.length > 0;
}
