import { route } from '@/lib/api/route.ts';
import { standingsParquet } from '@/lib/api/standings-parquet.ts';
import { shownBoard } from '../shown-board.ts';

/** GET: the same as the CSV, with types. */
export const GET = route('GET /api/v1/suites/{suite}/standings.parquet', async (request, { params }) => {
  const board = await shownBoard((await params).suite, request);
  return new Response(standingsParquet(board), {
    headers: {
      'content-type': 'application/vnd.apache.parquet',
      'content-disposition': `attachment; filename="antidote-${board.suite.id}.parquet"`,
    },
  });
});
