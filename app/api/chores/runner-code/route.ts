import { route } from '@/lib/api/route.ts';
import { chores } from '@/lib/catalog/chores.ts';
import { requireChoreSecret } from '@/lib/chores.ts';
import { createRunnerCode } from '@/lib/db/runners.ts';
import { body } from '@/lib/http.ts';

/** POST: a one-time enrolment code for a runner with at most these labels. */
export const POST = route('POST /api/chores/runner-code', async (request) => {
  requireChoreSecret(request);
  const { labels } = await body(request, chores.runnerCode.body);
  return Response.json({ code: await createRunnerCode('chore', labels) });
});
