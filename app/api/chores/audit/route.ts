import { route } from '@/lib/api/route.ts';
import { requireChoreSecret } from '@/lib/chores.ts';
import { audit } from '@/lib/db/audit.ts';

/** POST: checks the chain of events and every result, and records that it was checked. */
export const POST = route('POST /api/chores/audit', async (request) => {
  requireChoreSecret(request);
  return Response.json(await audit());
});
