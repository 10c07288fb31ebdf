import { route } from '@/lib/api/route.ts';
import { chores } from '@/lib/catalog/chores.ts';
import { requireChoreSecret } from '@/lib/chores.ts';
import { decideCheck } from '@/lib/db/decide-check.ts';
import { body } from '@/lib/http.ts';

/** POST: decides on a job about which two runners disagree. */
export const POST = route('POST /api/chores/decide', async (request) => {
  requireChoreSecret(request);
  const decision = await body(request, chores.decide.body);
  await decideCheck('chore', decision);
  return Response.json({ job: decision.job });
});
