import { taggedJson } from '@/lib/api/etag.ts';
import { route } from '@/lib/api/route.ts';
import { requireSuite } from '@/lib/api/suites.ts';
import type { StandingsJson } from '@/lib/contract/api.ts';
import { standings } from '@/lib/db/standings.ts';

/** GET: the board, every row, also those that wait. With an ETag. */
export const GET = route('GET /api/v1/suites/{suite}/standings', async (request, { params }) => {
  const suite = requireSuite((await params).suite);
  return taggedJson(request, {
    suite: { id: suite.id, digest: suite.digest },
    season: null,
    rows: await standings(suite),
  } satisfies StandingsJson);
});
