import { route } from '@/lib/api/route.ts';
import { chores } from '@/lib/catalog/chores.ts';
import { requireChoreSecret } from '@/lib/chores.ts';
import { moduleByteLimit } from '@/lib/contract/card.ts';
import { houseIdentity, userOf } from '@/lib/db/users.ts';
import { body } from '@/lib/http.ts';
import { seedBaseline } from '@/lib/seed.ts';

/**
 * POST: puts the reference defenses on the board and has them evaluated on the suite, in the order given. Said again,
 * it changes nothing.
 */
export const POST = route('POST /api/chores/seed', async (request) => {
  requireChoreSecret(request);
  const { suite, baselines } = await body(request, chores.seed.body, 4 * moduleByteLimit);
  const owner = await userOf(houseIdentity);
  const items: { id: string; submission: string }[] = [];
  for (const baseline of baselines)
    items.push({ id: baseline.id, submission: await seedBaseline(owner, baseline, suite) });
  return Response.json({ items, next: null });
});
