import { route } from '@/lib/api/route.ts';
import { submissionJson } from '@/lib/api/submission.ts';
import { requireCaller } from '@/lib/caller.ts';
import { WithdrawRequest } from '@/lib/contract/api.ts';
import { withdraw } from '@/lib/db/submissions.ts';
import { body } from '@/lib/http.ts';

/** POST: the row leaves the board, the page stays with the reason. Owner or organizer, else 403. */
export const POST = route('POST /api/v1/submissions/{submission}/withdraw', async (request, { params }) => {
  const user = await requireCaller(request, 'submit');
  const { submission } = await params;
  const { reason } = await body(request, WithdrawRequest);
  await withdraw(submission, user, reason);
  return Response.json(await submissionJson(submission, user));
});
