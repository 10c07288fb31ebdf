import { route } from '@/lib/api/route.ts';
import { chores } from '@/lib/catalog/chores.ts';
import { requireChoreSecret } from '@/lib/chores.ts';
import { body } from '@/lib/http.ts';
import { importSeason } from '@/lib/season-snapshot.ts';

/** The undefended numbers of a season, as for its close. */
const limitBytes = 64 * 1024 * 1024;

/** POST: puts a closed season that was held elsewhere on the site. `imported` is false where its name was there. */
export const POST = route('POST /api/chores/season-import', async (request) => {
  requireChoreSecret(request);
  const snapshot = await body(request, chores.seasonImport.body, limitBytes);
  return Response.json({ imported: await importSeason(snapshot) });
});
