import { route } from '@/lib/api/route.ts';
import { chores } from '@/lib/catalog/chores.ts';
import { requireChoreSecret } from '@/lib/chores.ts';
import { restoreFrom } from '@/lib/db/restore.ts';
import { body } from '@/lib/http.ts';

/** POST: stores a dump, a file on this machine, in the database, which must be empty. */
export const POST = route('POST /api/chores/restore', async (request) => {
  requireChoreSecret(request);
  const { file } = await body(request, chores.restore.body);
  return Response.json({ rows: await restoreFrom(file) });
});
