import { randomUUID } from 'node:crypto';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { seasonDisputes, seasonEntries, seasonReviews, submissions, users } from '../../drizzle/schema.ts';
import { type ReviewVerdict, SeasonText } from '../contract/season.ts';
import { AppError } from '../errors.ts';
import { plainText } from '../plain-text.ts';
import { requireOrganizer, type SignedIn } from '../viewer.ts';
import { authorShown } from './author-shown.ts';
import { db, oneAtATime } from './client.ts';
import { changeWithEvent } from './events.ts';
import { requireEntry } from './season-entries.ts';
import { iso } from './values.ts';

/** An organizer's word on an entry; the newest one decides. Not on one's own entry. */
export async function reviewEntry(
  viewer: SignedIn,
  entry: string,
  verdict: ReviewVerdict,
  note: string,
): Promise<void> {
  requireOrganizer(viewer, 'review entries');
  await requireEntry(entry);
  const id = randomUUID();
  const made = await changeWithEvent(
    { kind: 'season.reviewed', subject: entry, data: { review: id, verdict, by: viewer.id } },
    sql`changed as (
      insert into season_reviews (id, entry_id, reviewer_id, verdict, note)
      select ${id}::uuid, e.id, ${viewer.id}::uuid, ${verdict}, ${text('note', note)} from season_entries e join submissions s on s.id = e.submission_id
      where e.id = ${entry}::uuid and (e.author_id <> ${viewer.id}::uuid or s.baseline is not null) returning id
    )`,
  );
  if (made === 0) throw new AppError('forbidden', 'Nobody reviews an entry of one’s own.');
}

/** What reviewers found, the newest first. */
export const reviewsOf = async (entry: string) =>
  (await db())
    .select({
      id: seasonReviews.id,
      verdict: seasonReviews.verdict,
      note: seasonReviews.note,
      reviewer: users.name,
      at: iso(seasonReviews.createdAt),
    })
    .from(seasonReviews)
    .innerJoin(users, eq(users.id, seasonReviews.reviewerId))
    .where(sql`${seasonReviews.entryId}::text = ${entry}`)
    .orderBy(desc(seasonReviews.createdAt), desc(seasonReviews.id));
export type Review = Awaited<ReturnType<typeof reviewsOf>>[number];

/** So many of one person's may wait for an answer in a season. */
const openDisputes = 5;

/**
 * Says what is wrong with a row, for anyone who is signed in. The same words again, before their answer, are the same
 * dispute. Throws `too-many` while five of theirs are unanswered.
 */
export async function disputeEntry(viewer: SignedIn, entry: string, reason: string): Promise<string> {
  const { season } = await requireEntry(entry);
  const id = randomUUID();
  const given = text('reason', reason);
  return oneAtATime(async () => {
    const [same] = await (await db())
      .select({ id: seasonDisputes.id })
      .from(seasonDisputes)
      .where(
        and(
          eq(seasonDisputes.entryId, entry),
          eq(seasonDisputes.byId, viewer.id),
          eq(seasonDisputes.reason, given),
          isNull(seasonDisputes.answer),
        ),
      )
      .limit(1);
    if (same) return same.id;
    const made = await changeWithEvent(
      { kind: 'season.disputed', subject: entry, data: { dispute: id } },
      sql`changed as (
        insert into season_disputes (id, entry_id, by_id, reason)
        select ${id}::uuid, ${entry}::uuid, ${viewer.id}::uuid, ${given}
        where (select count(*) from season_disputes d join season_entries e on e.id = d.entry_id
          where e.season = ${season} and d.by_id = ${viewer.id}::uuid and d.answer is null) < ${openDisputes}::int
        returning id
      )`,
    );
    if (made > 0) return id;
    throw new AppError(
      'too-many',
      `${openDisputes} of your disputes in season ${season} wait for an answer; they come first.`,
    );
  });
}

/** An organizer's answer; the first one stands. Not about one's own entry. Throws `conflict` where it has one. */
export async function answerDispute(viewer: SignedIn, dispute: string, answer: string): Promise<void> {
  requireOrganizer(viewer, 'answer disputes');
  const given = text('answer', answer);
  const none = new AppError('conflict', 'There is no such dispute, or it has its answer.');
  if (!z.uuid().safeParse(dispute).success) throw none;
  const [own] = await (await db())
    .select({ id: seasonDisputes.id })
    .from(seasonDisputes)
    .innerJoin(seasonEntries, eq(seasonEntries.id, seasonDisputes.entryId))
    .innerJoin(submissions, eq(submissions.id, seasonEntries.submissionId))
    .where(
      and(
        sql`${seasonDisputes.id}::text = ${dispute}`,
        eq(seasonEntries.authorId, viewer.id),
        isNull(submissions.baseline),
      ),
    );
  if (own) throw new AppError('forbidden', 'Nobody answers a dispute about an entry of one’s own.');
  const answered = await changeWithEvent(
    { kind: 'season.answered', subject: dispute, data: { by: viewer.id } },
    sql`changed as (
      update season_disputes set answer = ${given}, answered_by = ${viewer.id}::uuid, answered_at = now()
      where id::text = ${dispute} and answer is null returning id
    )`,
  );
  if (answered === 0) throw none;
}

/** An author who is withheld disputes the own row under no name. */
const ownUntil = sql`(case when ${seasonDisputes.byId} = ${submissions.ownerId} then ${submissions.anonymousUntil} end)`;

/** The disputes about an entry, the oldest first. */
export const disputesOf = async (entry: string) =>
  (await db())
    .select({
      id: seasonDisputes.id,
      by: authorShown(users.name, ownUntil),
      reason: seasonDisputes.reason,
      at: iso(seasonDisputes.createdAt),
      answer: seasonDisputes.answer,
      answeredAt: sql<string | null>`${iso(seasonDisputes.answeredAt)}`,
    })
    .from(seasonDisputes)
    .innerJoin(users, eq(users.id, seasonDisputes.byId))
    .innerJoin(seasonEntries, eq(seasonEntries.id, seasonDisputes.entryId))
    .innerJoin(submissions, eq(submissions.id, seasonEntries.submissionId))
    .where(sql`${seasonDisputes.entryId}::text = ${entry}`)
    .orderBy(seasonDisputes.createdAt, seasonDisputes.id);
export type Dispute = Awaited<ReturnType<typeof disputesOf>>[number];

/** Throws `invalid` for nothing, or for too much. */
function text(field: string, given: string): string {
  const parsed = SeasonText.safeParse(plainText(given));
  if (!parsed.success) throw new AppError('invalid', `${field}: ${parsed.error.issues[0]!.message}`);
  return parsed.data;
}
