import { route } from '@/lib/api/route.ts';
import { requireWholeSeason } from '@/lib/db/seasons.ts';

/** GET: one season, and from its close on all that it was committed to. */
export const GET = route('GET /api/v1/seasons/{season}', async (_request, { params }) =>
  Response.json(await requireWholeSeason((await params).season)),
);
