import { route } from '@/lib/api/route.ts';
import { chores } from '@/lib/catalog/chores.ts';
import { requireChoreSecret } from '@/lib/chores.ts';
import { beginSeason } from '@/lib/db/seasons.ts';
import { body } from '@/lib/http.ts';

/** POST: takes a season's name for the machine that holds it. */
export const POST = route('POST /api/chores/season-begin', async (request) => {
  requireChoreSecret(request);
  return Response.json(await beginSeason(await body(request, chores.seasonBegin.body)));
});
