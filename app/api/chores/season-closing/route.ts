import { route } from '@/lib/api/route.ts';
import { chores } from '@/lib/catalog/chores.ts';
import { requireChoreSecret } from '@/lib/chores.ts';
import { beginClose } from '@/lib/db/seasons.ts';
import { body } from '@/lib/http.ts';

/** POST: entries of the season are late from now on. */
export const POST = route('POST /api/chores/season-closing', async (request) => {
  requireChoreSecret(request);
  const { name, holder } = await body(request, chores.seasonClosing.body);
  return Response.json(await beginClose(name, holder));
});
