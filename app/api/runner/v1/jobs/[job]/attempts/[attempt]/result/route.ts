import { route } from '@/lib/api/route.ts';
import { completeJob } from '@/lib/complete-job.ts';
import { ResultEnvelope } from '@/lib/contract/dsse.ts';
import { limits } from '@/lib/contract/protocol.ts';
import { AppError } from '@/lib/errors.ts';
import { jsonOf } from '@/lib/http.ts';
import { requireFence } from '@/lib/runner-auth.ts';

/**
 * PUT: the sealed outcome of the attempt. 201 accepted, 200 replay, 409 stale or conflict, 422 invalid: then the lease
 * stays.
 */
export const PUT = route('PUT /api/runner/v1/jobs/{job}/attempts/{attempt}/result', async (request, { params }) => {
  const { fence, runner, body } = await requireFence(request, params, 2 * limits.resultBytes);
  const verdict = await completeJob(runner, fence, jsonOf(body, ResultEnvelope));
  if (verdict === 'stale')
    throw new AppError('stale', 'This attempt does not hold the job any more; its result is not taken.');
  if (verdict === 'conflict') throw new AppError('conflict', 'This attempt has handed in another result before.');
  return Response.json({ verdict }, { status: verdict === 'accepted' ? 201 : 200 });
});
