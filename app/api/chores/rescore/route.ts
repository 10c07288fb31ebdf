import { route } from '@/lib/api/route.ts';
import { chores } from '@/lib/catalog/chores.ts';
import { requireChoreSecret } from '@/lib/chores.ts';
import { rescore } from '@/lib/db/rescore.ts';
import { body } from '@/lib/http.ts';

/** POST: computes the stored scores anew and stores them, or only names those that differ. */
export const POST = route('POST /api/chores/rescore', async (request) => {
  requireChoreSecret(request);
  return Response.json(await rescore(await body(request, chores.rescore.body)));
});
