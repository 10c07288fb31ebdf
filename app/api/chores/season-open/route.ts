import { route } from '@/lib/api/route.ts';
import { chores } from '@/lib/catalog/chores.ts';
import { requireChoreSecret, seasonBytes } from '@/lib/chores.ts';
import { openSeason } from '@/lib/db/seasons.ts';
import { body } from '@/lib/http.ts';

/** POST: opens a season, with all that is public of it before its close. */
export const POST = route('POST /api/chores/season-open', async (request) => {
  requireChoreSecret(request);
  return Response.json(await openSeason(await body(request, chores.seasonOpen.body, seasonBytes)));
});
