import { route } from '@/lib/api/route.ts';
import { requireCaller } from '@/lib/caller.ts';
import { type RunnerStateAnswer, RunnerStateRequest } from '@/lib/contract/runner-state.ts';
import { orderRunner } from '@/lib/db/runner-state.ts';
import { body } from '@/lib/http.ts';

/**
 * POST: drains, quarantines, retires or activates a runner. An organizer's, else 403; 409 where the order does not fit.
 */
export const POST = route('POST /api/v1/runners/{runner}/state', async (request, { params }) => {
  const user = await requireCaller(request, 'runner-admin');
  const { runner } = await params;
  const order = await body(request, RunnerStateRequest);
  return Response.json((await orderRunner(user, runner, order)) satisfies RunnerStateAnswer);
});
