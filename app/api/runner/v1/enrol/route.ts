import { route } from '@/lib/api/route.ts';
import type { EnrolAnswer } from '@/lib/contract/protocol.ts';
import { enrolRunner } from '@/lib/db/runners.ts';
import { AppError } from '@/lib/errors.ts';
import { requireEnrolment } from '@/lib/runner-auth.ts';

/**
 * POST: a runner with a one-time code makes itself known. 201 with its id; 401 unless it is signed with the key that it
 * brings; 409 for a key that is enrolled, 410 for a code that is used or too old.
 */
export const POST = route('POST /api/runner/v1/enrol', async (request) => {
  const enrolled = await enrolRunner(await requireEnrolment(request));
  if (enrolled === 'unknown') throw new AppError('forbidden', 'There is no such enrolment code.');
  if (enrolled === 'used')
    throw new AppError('gone', 'The enrolment code is used up, or older than a day; ask an organizer for another.');
  if (enrolled === 'community')
    throw new AppError('forbidden', 'Community runners get no work, so none are enrolled; ask for another code.');
  if (enrolled === 'known')
    throw new AppError('conflict', 'This key is enrolled already. Make a new key pair; the code is still good.');
  return Response.json(enrolled satisfies EnrolAnswer, { status: 201 });
});
