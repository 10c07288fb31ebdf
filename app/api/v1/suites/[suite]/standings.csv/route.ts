import { route } from '@/lib/api/route.ts';
import { standingsCsv } from '@/lib/api/standings-csv.ts';
import { requireSuite } from '@/lib/api/suites.ts';
import { standings } from '@/lib/db/standings.ts';

/** GET: the board as a table for programs. */
export const GET = route('GET /api/v1/suites/{suite}/standings.csv', async (_, { params }) => {
  const suite = requireSuite((await params).suite);
  return new Response(standingsCsv(suite, await standings(suite)), {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="antidote-${suite.id}.csv"`,
    },
  });
});
