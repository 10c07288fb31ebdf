import { z } from 'zod';
import { route } from '@/lib/api/route.ts';
import { limits } from '@/lib/contract/protocol.ts';
import { appendLog } from '@/lib/db/attempts.ts';
import { AppError } from '@/lib/errors.ts';
import { queryOf } from '@/lib/http.ts';
import { leaseLost, requireFence } from '@/lib/runner-auth.ts';

const Offset = z
  .string()
  .regex(/^\d{1,10}$/, 'want a number of bytes')
  .transform(Number)
  .pipe(z.int().max(limits.logBytes))
  .default(0);

/**
 * PUT ?offset=k: more of the attempt's log. 200 with the next offset; 409 for a gap or a lost lease, 413 where the log
 * is full.
 */
export const PUT = route('PUT /api/runner/v1/jobs/{job}/attempts/{attempt}/log', async (request, { params }) => {
  const { fence, body } = await requireFence(request, params, limits.logChunkBytes);
  const offset = queryOf(request, 'offset', Offset);
  const appended = await appendLog(fence, offset, body);
  if (appended.verdict === 'lost') throw leaseLost();
  if (appended.verdict === 'full')
    throw new AppError('too-large', `A log has at most ${limits.logBytes.toLocaleString('en-US')} bytes.`);
  if (appended.verdict === 'gap')
    throw new AppError('conflict', `The log has ${appended.next} bytes, and other ones than these.`);
  return Response.json({ next: appended.next });
});
