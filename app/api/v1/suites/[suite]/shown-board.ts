import { shownRows } from '@/app/ui/board-rows.ts';
import { viewOf } from '@/app/ui/board-view.ts';
import type { Export } from '@/lib/api/standings-table.ts';
import { requireSuite } from '@/lib/api/suites.ts';
import { standings } from '@/lib/db/standings.ts';

/** The rows of the page that is asked for likewise, in its order. Throws `not-found`. */
export async function shownBoard(id: string, request: Request): Promise<Export> {
  const suite = requireSuite(id);
  const view = viewOf(suite, Object.fromEntries(new URL(request.url).searchParams));
  return { suite, season: null, rows: shownRows(suite, await standings(suite), view) };
}
