import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import 'server-only';
import { seasonEntries, seasons, submissions } from '../../drizzle/schema.ts';
import { entriesPerAuthor, type SeasonSummary } from '../contract/season.ts';
import type { SignedIn } from '../viewer.ts';
import { db } from './client.ts';
import { slotsTaken } from './season-entries.ts';
import { isCompleteInPublic } from './season-evaluations.ts';

/** The viewer's own submissions that could enter a season now, the newest first, and how many entries are left. */
export async function candidatesFor(
  viewer: SignedIn,
  season: SeasonSummary,
): Promise<{ candidates: { id: string; name: string }[]; left: number }> {
  const left = Math.max(0, entriesPerAuthor - (await slotsTaken(season.name, viewer.id)));
  const candidates = await (await db())
    .select({ id: submissions.id, name: submissions.name })
    .from(submissions)
    .where(
      and(
        eq(submissions.ownerId, viewer.id),
        isNull(submissions.withdrawnAt),
        isNull(submissions.baseline),
        sql`not exists (select 1 from season_entries n where n.season = ${season.name} and n.submission_id = ${submissions.id})`,
        isCompleteInPublic(season, submissions.id),
      ),
    )
    .orderBy(desc(submissions.createdAt))
    .limit(100);
  return { candidates, left };
}

/** The seasons that a submission was entered in, the newest first. */
export const seasonsOfSubmission = async (submission: string) =>
  (await db())
    .select({ season: seasonEntries.season, entry: seasonEntries.id, state: seasons.state, late: seasonEntries.late })
    .from(seasonEntries)
    .innerJoin(seasons, eq(seasons.name, seasonEntries.season))
    .where(sql`${seasonEntries.submissionId}::text = ${submission}`)
    .orderBy(desc(seasons.createdAt));
