import { route } from '@/lib/api/route.ts';
import { chores } from '@/lib/catalog/chores.ts';
import { requireChoreSecret } from '@/lib/chores.ts';
import { body } from '@/lib/http.ts';
import { exportSeason } from '@/lib/season-snapshot.ts';

/** POST: a closed season, to be committed. */
export const POST = route('POST /api/chores/season-export', async (request) => {
  requireChoreSecret(request);
  const { name } = await body(request, chores.seasonExport.body);
  return Response.json(await exportSeason(name));
});
