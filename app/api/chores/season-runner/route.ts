import { route } from '@/lib/api/route.ts';
import { chores } from '@/lib/catalog/chores.ts';
import { requireChoreSecret } from '@/lib/chores.ts';
import { addSeasonRunner } from '@/lib/db/seasons.ts';
import { body } from '@/lib/http.ts';

/** POST: names one more runner that holds a season's files. */
export const POST = route('POST /api/chores/season-runner', async (request) => {
  requireChoreSecret(request);
  return Response.json(await addSeasonRunner(await body(request, chores.seasonRunner.body)));
});
