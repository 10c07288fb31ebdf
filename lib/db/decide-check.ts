import 'server-only';
import type { Decision } from '../contract/decision.ts';
import { AppError } from '../errors.ts';
import { plainLine } from '../plain-text.ts';
import { isOrganizer, type Viewer } from '../viewer.ts';
import { decide } from './checks.ts';
import { storeScoresAfter } from './scores.ts';

/**
 * Decides on a job whose two runs disagree, and stores the scores that follow. For an organizer, or for a chore of the site's own machine. Throws
 * `unauthenticated`, `forbidden`, `invalid` without a reason, and what `decide` throws.
 */
export async function decideCheck(viewer: Viewer | 'chore', { job, choice, reason: given }: Decision): Promise<void> {
  if (!viewer) throw new AppError('unauthenticated', 'Sign in first.');
  if (viewer !== 'chore' && !isOrganizer(viewer))
    throw new AppError('forbidden', 'Only organizers decide which of two results stands.');
  const reason = plainLine(given);
  if (!reason) throw new AppError('invalid', 'reason: a reason is wanted');
  await decide(job, choice, reason, viewer === 'chore' ? null : viewer.id);
  await storeScoresAfter(job);
}
