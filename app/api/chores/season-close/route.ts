import { route } from '@/lib/api/route.ts';
import { chores } from '@/lib/catalog/chores.ts';
import { requireChoreSecret } from '@/lib/chores.ts';
import { closeSeason } from '@/lib/db/seasons.ts';
import { body } from '@/lib/http.ts';

/** The undefended numbers of a season of 40 cells, ten seeds and two engines take 6 MB. */
const limitBytes = 64 * 1024 * 1024;

/** POST: ends a season and makes public what it was committed to. */
export const POST = route('POST /api/chores/season-close', async (request) => {
  requireChoreSecret(request);
  const end = await body(request, chores.seasonClose.body, limitBytes);
  return Response.json(await closeSeason(end));
});
