import { route } from '@/lib/api/route.ts';
import { FailRequest } from '@/lib/contract/protocol.ts';
import { failAttempt } from '@/lib/db/attempts.ts';
import { jsonOf } from '@/lib/http.ts';
import { leaseLost, requireFence } from '@/lib/runner-auth.ts';

/**
 * POST: our side failed, or the runner hands the job back. 200 with the job's state, 409 where the attempt does not
 * hold it.
 */
export const POST = route('POST /api/runner/v1/jobs/{job}/attempts/{attempt}/fail', async (request, { params }) => {
  const { fence, body } = await requireFence(request, params);
  const state = await failAttempt(fence, jsonOf(body, FailRequest));
  if (!state) throw leaseLost();
  return Response.json({ state });
});
