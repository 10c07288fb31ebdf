import { route } from '@/lib/api/route.ts';
import { seasonCsv } from '@/lib/api/season-csv.ts';
import { seasonStandings } from '@/lib/api/season-standings.ts';

/** GET: the board of a season as everybody may see it, for programs. */
export const GET = route('GET /api/v1/seasons/{season}/standings.csv', async (_, { params }) => {
  const board = await seasonStandings((await params).season, null);
  return new Response(seasonCsv(board), {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="antidote-season-${board.season}.csv"`,
    },
  });
});
