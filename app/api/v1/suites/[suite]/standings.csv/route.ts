import { shownRows, viewOf } from '@/app/ui/board-columns.ts';
import { route } from '@/lib/api/route.ts';
import { standingsCsv } from '@/lib/api/standings-csv.ts';
import { requireSuite } from '@/lib/api/suites.ts';
import { standings } from '@/lib/db/standings.ts';

/** GET: the board as a table for programs, with the rows and the order of the page that is asked for likewise. */
export const GET = route('GET /api/v1/suites/{suite}/standings.csv', async (request, { params }) => {
  const suite = requireSuite((await params).suite);
  const view = viewOf(suite, Object.fromEntries(new URL(request.url).searchParams));
  return new Response(standingsCsv(suite, shownRows(suite, await standings(suite), view)), {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="antidote-${suite.id}.csv"`,
    },
  });
});
