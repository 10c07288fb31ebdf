import { route } from '@/lib/api/route.ts';
import { chores } from '@/lib/catalog/chores.ts';
import { requireChoreSecret, seasonBytes } from '@/lib/chores.ts';
import { body } from '@/lib/http.ts';
import { importSeason } from '@/lib/season-snapshot.ts';

/** POST: puts a closed season that was held elsewhere on the site. `imported` is false where its name was there. */
export const POST = route('POST /api/chores/season-import', async (request) => {
  requireChoreSecret(request);
  const snapshot = await body(request, chores.seasonImport.body, seasonBytes);
  return Response.json({ imported: await importSeason(snapshot) });
});
