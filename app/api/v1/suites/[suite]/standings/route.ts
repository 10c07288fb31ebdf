import type { StandingsJson } from '@/lib/api/schemas.ts';
import { requireSuite } from '@/lib/api/suites.ts';
import { standings } from '@/lib/db/standings.ts';
import { route } from '@/lib/http.ts';

/** GET: the board, every row, also those that wait. */
export const GET = route<{ suite: string }>(async (_, { params }) => {
  const suite = requireSuite((await params).suite);
  return Response.json({ suite: { id: suite.id, digest: suite.digest }, season: null, rows: await standings(suite) } satisfies StandingsJson);
});
