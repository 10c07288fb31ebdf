import { route } from '@/lib/api/route.ts';
import { standingsCsv } from '@/lib/api/standings-csv.ts';
import { shownBoard } from '../shown-board.ts';

/** GET: the board as a table for programs, with the rows and the order of the page that is asked for likewise. */
export const GET = route('GET /api/v1/suites/{suite}/standings.csv', async (request, { params }) => {
  const board = await shownBoard((await params).suite, request);
  return new Response(standingsCsv(board), {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="antidote-${board.suite.id}.csv"`,
    },
  });
});
