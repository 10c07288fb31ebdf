import { route } from '@/lib/api/route.ts';
import { requireKnown } from '@/lib/caller.ts';
import { scopesFor } from '@/lib/db/tokens.ts';

/** GET: whose token this is, and what it is for. */
export const GET = route('GET /api/v1/whoami', async (request) => {
  const { user, scopes } = await requireKnown(request);
  return Response.json({ user: user.name, role: user.role, scopes: scopes ?? scopesFor(user) });
});
