import { route } from '@/lib/api/route.ts';
import { chores } from '@/lib/catalog/chores.ts';
import { requireChoreSecret } from '@/lib/chores.ts';
import { jobsHere } from '@/lib/db/snapshots.ts';
import { body } from '@/lib/http.ts';

/**
 * POST: which of these jobs the site knows. Whoever has a row of the reference table need not send it where its jobs
 * are here.
 */
export const POST = route('POST /api/chores/jobs-here', async (request) => {
  requireChoreSecret(request);
  const { jobs } = await body(request, chores.jobsHere.body);
  return Response.json({ jobs: await jobsHere(jobs) });
});
