import { route } from '@/lib/api/route.ts';
import { attemptState } from '@/lib/db/attempts.ts';
import { AppError } from '@/lib/errors.ts';
import { requireFence } from '@/lib/runner-auth.ts';

/** GET: what the site believes of this attempt. */
export const GET = route('GET /api/runner/v1/jobs/{job}/attempts/{attempt}', async (request, { params }) => {
  const { fence } = await requireFence(request, params);
  const state = await attemptState(fence);
  if (!state) throw new AppError('not-found', 'This runner made no such attempt.');
  return Response.json(state);
});
