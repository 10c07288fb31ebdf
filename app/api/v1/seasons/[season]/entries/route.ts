import { route } from '@/lib/api/route.ts';
import { requireCaller } from '@/lib/caller.ts';
import { EntryRequest } from '@/lib/contract/season-standings.ts';
import { enterSeason } from '@/lib/db/season-entries.ts';
import { body } from '@/lib/http.ts';

/** POST: enters a submission of the caller's. The same one again is the same entry. */
export const POST = route('POST /api/v1/seasons/{season}/entries', async (request, { params }) => {
  const user = await requireCaller(request, 'submit');
  const { submission } = await body(request, EntryRequest);
  const { id, name, late, enteredAt } = await enterSeason(user, submission, (await params).season);
  return Response.json({ id, submission, name, late, enteredAt }, { status: 201 });
});
