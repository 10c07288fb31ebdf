import { EnrolRequest } from '@/lib/contract/protocol.ts';
import { enrolRunner } from '@/lib/db/runners.ts';
import { AppError } from '@/lib/errors.ts';
import { body, route } from '@/lib/http.ts';

/**
 * POST: a runner with a one-time code makes itself known. 201 with its id, 410 for a code that is used or too old. The
 * code is the credential.
 */
export const POST = route(async (request) => {
  const enrolled = await enrolRunner(await body(request, EnrolRequest));
  if (enrolled === 'unknown') throw new AppError('forbidden', 'There is no such enrolment code.');
  if (enrolled === 'used')
    throw new AppError('gone', 'The enrolment code is used up, or older than a day; ask an organizer for another.');
  return Response.json(enrolled, { status: 201 });
});
