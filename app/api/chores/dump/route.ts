import { route } from '@/lib/api/route.ts';
import { chores } from '@/lib/catalog/chores.ts';
import { requireChoreSecret } from '@/lib/chores.ts';
import { dumpTo } from '@/lib/db/dump.ts';
import { body } from '@/lib/http.ts';

/** POST: writes the whole database into a new file on this machine, until the caller leaves. */
export const POST = route('POST /api/chores/dump', async (request) => {
  requireChoreSecret(request);
  const { file } = await body(request, chores.dump.body);
  return Response.json({ rows: await dumpTo(file, request.signal) });
});
