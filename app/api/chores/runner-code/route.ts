import { z } from 'zod';
import { requireChoreSecret } from '@/lib/chores.ts';
import { Label, RunnerClass } from '@/lib/contract/protocol.ts';
import { createRunnerCode } from '@/lib/db/runners.ts';
import { body, route } from '@/lib/http.ts';

const Wish = z.strictObject({ class: RunnerClass, labels: z.array(Label).max(20) });

/** POST: a one-time enrolment code for a runner of this class with at most these labels. */
export const POST = route(async (request) => {
  requireChoreSecret(request);
  return Response.json({ code: await createRunnerCode({ ...(await body(request, Wish)), createdBy: null }) });
});
