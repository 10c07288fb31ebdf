import { requireChoreSecret } from '@/lib/chores.ts';
import { audit } from '@/lib/db/audit.ts';
import { route } from '@/lib/http.ts';

/** POST: checks the chain of events and every result, and records that it was checked. */
export const POST = route(async (request) => {
  requireChoreSecret(request);
  return Response.json(await audit());
});
