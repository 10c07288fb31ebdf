import { route } from '@/lib/api/route.ts';
import { chores } from '@/lib/catalog/chores.ts';
import { requireChoreSecret } from '@/lib/chores.ts';
import { houseIdentity, userOf } from '@/lib/db/users.ts';
import { body } from '@/lib/http.ts';
import { importSnapshot } from '@/lib/snapshot.ts';

const limitBytes = 4_194_304;

/**
 * POST: puts a row of the reference table, computed elsewhere, on the board. `imported` is false where it was there.
 */
export const POST = route('POST /api/chores/snapshot', async (request) => {
  requireChoreSecret(request);
  const { baseline, row } = await body(request, chores.snapshot.body, limitBytes);
  return Response.json({ imported: await importSnapshot(await userOf(houseIdentity), row, baseline) });
});
