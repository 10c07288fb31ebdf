import { taggedJson } from '@/lib/api/etag.ts';
import { route } from '@/lib/api/route.ts';
import { requireWholeSeason } from '@/lib/db/seasons.ts';

/** GET: one season, and from its close on all that it was committed to. With an ETag. */
export const GET = route('GET /api/v1/seasons/{season}', async (request, { params }) =>
  taggedJson(request, await requireWholeSeason((await params).season)),
);
