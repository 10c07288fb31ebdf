import { z } from 'zod';
import { Card, moduleByteLimit } from '@/lib/benchmark/card.ts';
import { BaselineId, DefenseKind } from '@/lib/benchmark/ids.ts';
import { requireChoreSecret } from '@/lib/chores.ts';
import { requestEvaluation } from '@/lib/db/evaluations.ts';
import { submitBaseline } from '@/lib/db/submissions.ts';
import { houseIdentity, userOf } from '@/lib/db/users.ts';
import { body, route } from '@/lib/http.ts';

const suiteId = 'smoke-1';
const Seed = z.strictObject({
  baselines: z
    .array(z.strictObject({ id: BaselineId, name: z.string().min(1).max(80), kind: z.enum([...DefenseKind.options, 'control']), code: z.string(), card: Card }))
    .max(50),
});

/** POST: puts the reference defenses on the board and has them evaluated, in the order given. Said again, it changes nothing. */
export const POST = route(async (request) => {
  requireChoreSecret(request);
  const { baselines } = await body(request, Seed, 4 * moduleByteLimit);
  const owner = await userOf(houseIdentity);
  const items: { id: string; submission: string }[] = [];
  for (const baseline of baselines) {
    const submission = await submitBaseline(owner, baseline);
    await requestEvaluation({ submissionId: submission, suiteId, requestedBy: null });
    items.push({ id: baseline.id, submission });
  }
  return Response.json({ items, next: null });
});
