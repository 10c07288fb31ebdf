import { taggedJson } from '@/lib/api/etag.ts';
import { route } from '@/lib/api/route.ts';
import { dateOf } from '@/lib/api/standings-table.ts';
import { boardLicense } from '@/lib/api/table-columns.ts';
import type { StandingsJson } from '@/lib/contract/api.ts';
import { shownBoard } from '../shown-board.ts';

/** GET: the board, every row, also those that wait; with a query, the rows of the page that is asked for likewise. */
export const GET = route('GET /api/v1/suites/{suite}/standings', async (request, { params }) => {
  const { suite, season, rows } = await shownBoard((await params).suite, request);
  return taggedJson(request, {
    suite: { id: suite.id, digest: suite.digest },
    season,
    date: dateOf(rows),
    license: boardLicense,
    rows: [...rows],
  } satisfies StandingsJson);
});
