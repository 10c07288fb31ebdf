import { route } from '@/lib/api/route.ts';
import { chores } from '@/lib/catalog/chores.ts';
import { requireChoreSecret } from '@/lib/chores.ts';
import { body } from '@/lib/http.ts';
import { exportSnapshot } from '@/lib/snapshot.ts';

/** POST: the rows of the reference table that this site has computed, to be committed. */
export const POST = route('POST /api/chores/snapshot-rows', async (request) => {
  requireChoreSecret(request);
  const { suite } = await body(request, chores.snapshotRows.body);
  return Response.json({ items: await exportSnapshot(suite), next: null });
});
