import { sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { entriesPerAuthor, type SeasonSummary } from '../contract/season.ts';
import type { SignedIn } from '../viewer.ts';
import { execute } from './client.ts';
import { slotsTaken } from './season-entries.ts';
import { isCompleteInPublic } from './season-evaluations.ts';

const Candidate = z.object({ id: z.uuid(), name: z.string() });
export type Candidate = z.infer<typeof Candidate>;

/** The viewer's own submissions that could enter a season now, the newest first, and how many entries are left. */
export async function candidatesFor(
  viewer: SignedIn,
  season: SeasonSummary,
): Promise<{ candidates: Candidate[]; left: number }> {
  const left = Math.max(0, entriesPerAuthor - (await slotsTaken(season.name, viewer.id)));
  const candidates = await execute(
    Candidate,
    sql`select s.id, s.name from submissions s
      where s.owner_id = ${viewer.id}::uuid and s.withdrawn_at is null and s.baseline is null
        and not exists (select 1 from season_entries n where n.season = ${season.name} and n.submission_id = s.id)
        and ${isCompleteInPublic(season, sql`s.id`)}
      order by s.created_at desc limit 100`,
  );
  return { candidates, left };
}

const Taken = z.object({ season: z.string(), entry: z.uuid(), state: z.string(), late: z.boolean() });

/** The seasons that a submission was entered in, the newest first. */
export const seasonsOfSubmission = (submission: string): Promise<z.infer<typeof Taken>[]> =>
  execute(
    Taken,
    sql`select e.season, e.id as entry, n.state, e.late from season_entries e join seasons n on n.name = e.season
      where e.submission_id::text = ${submission} order by n.created_at desc`,
  );
