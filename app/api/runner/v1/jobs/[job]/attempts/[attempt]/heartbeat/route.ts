import { route } from '@/lib/api/route.ts';
import { Heartbeat } from '@/lib/contract/protocol.ts';
import { heartbeat } from '@/lib/db/attempts.ts';
import { jsonOf } from '@/lib/http.ts';
import { leaseLost, requireFence } from '@/lib/runner-auth.ts';

/** POST: the attempt is alive. 200 with the lease's new end, 409 where it does not hold the job any more. */
export const POST = route(
  'POST /api/runner/v1/jobs/{job}/attempts/{attempt}/heartbeat',
  async (request, { params }) => {
    const { fence, body } = await requireFence(request, params);
    const answer = await heartbeat(fence, jsonOf(body, Heartbeat));
    if (!answer) throw leaseLost();
    return Response.json(answer);
  },
);
