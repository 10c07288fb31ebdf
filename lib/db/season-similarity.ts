import { sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { runsOf, shareOfRuns } from '../similarity.ts';
import { requireOrganizer, type Viewer } from '../viewer.ts';
import { authorShown } from './author-shown.ts';
import { execute } from './client.ts';

export type Similar = { entry: string; name: string; author: string; share: number };

/** Below this, two modules look alike because all modules do. */
const worthTelling = 0.3;

/**
 * The entries of the same season whose code an entry's is like, the likest first. For organizers. Throws
 * `unauthenticated` and `forbidden`.
 */
export async function similarEntries(viewer: Viewer, entry: string): Promise<Similar[]> {
  requireOrganizer(viewer, 'review entries');
  const rows = await execute(
    z.object({ entry: z.uuid(), name: z.string(), author: z.string(), code: z.string() }),
    sql`select o.id as entry, s.name, ${authorShown(sql`u.name`, sql`s.anonymous_until`)} as author, m.code
      from season_entries e join season_entries o on o.season = e.season join submissions s on s.id = o.submission_id
      join users u on u.id = o.author_id join modules m on m.sha256 = s.module_sha256
      where e.id::text = ${entry}`,
  );
  const own = rows.find((row) => row.entry === entry);
  if (!own) return [];
  const runs = runsOf(own.code);
  return rows
    .filter((row) => row !== own)
    .map(({ code, ...row }) => ({ ...row, share: shareOfRuns(runs, runsOf(code)) }))
    .filter(({ share }) => share >= worthTelling)
    .sort((a, b) => b.share - a.share)
    .slice(0, 5);
}
