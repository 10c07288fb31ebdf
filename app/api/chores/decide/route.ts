import { route } from '@/lib/api/route.ts';
import { chores } from '@/lib/catalog/chores.ts';
import { requireChoreSecret } from '@/lib/chores.ts';
import { decide } from '@/lib/db/checks.ts';
import { storeScoresAfter } from '@/lib/db/scores.ts';
import { body } from '@/lib/http.ts';
import { plainLine } from '@/lib/plain-text.ts';

/** POST: decides on a job about which two runners disagree. */
export const POST = route('POST /api/chores/decide', async (request) => {
  requireChoreSecret(request);
  const { job, choice, reason } = await body(request, chores.decide.body);
  await decide(job, choice, plainLine(reason));
  await storeScoresAfter(job);
  return Response.json({ job });
});
