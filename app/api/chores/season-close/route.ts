import { route } from '@/lib/api/route.ts';
import { chores } from '@/lib/catalog/chores.ts';
import { requireChoreSecret, seasonBytes } from '@/lib/chores.ts';
import { closeSeason } from '@/lib/db/seasons.ts';
import { body } from '@/lib/http.ts';

/** POST: ends a season and makes public what it was committed to. */
export const POST = route('POST /api/chores/season-close', async (request) => {
  requireChoreSecret(request);
  const end = await body(request, chores.seasonClose.body, seasonBytes);
  return Response.json(await closeSeason(end));
});
