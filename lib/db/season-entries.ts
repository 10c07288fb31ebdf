import { randomUUID } from 'node:crypto';
import { and, eq, type SQL, sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { modules, seasonEntries, seasons, submissions, users } from '../../drizzle/schema.ts';
import { BaselineId } from '../catalog/baselines/index.ts';
import { publicSuiteOf } from '../catalog/seasons.ts';
import type { RowKind } from '../contract/ids.ts';
import { entriesPerAuthor, type ReviewVerdict, type SeasonSummary } from '../contract/season.ts';
import { AppError } from '../errors.ts';
import { plainLine } from '../plain-text.ts';
import { isOrganizer, type SignedIn, type Viewer } from '../viewer.ts';
import { authorShown } from './author-shown.ts';
import { db, oneAtATime } from './client.ts';
import { askAgain } from './evaluations.ts';
import { changeWithEvent } from './events.ts';
import { cancelEvaluation } from './jobs.ts';
import { evaluationIdsIn, isCompleteInPublic, requestSeasonEvaluation } from './season-evaluations.ts';
import { slotsBefore } from './season-slots.ts';
import { requireSeason } from './seasons.ts';
import { requireSubmission } from './submissions.ts';
import { iso } from './values.ts';

/** A row of a season. `review`: what the last reviewer found, null while nobody has looked. */
export type SeasonEntry = {
  id: string;
  season: string;
  submission: string;
  name: string;
  author: string;
  kind: RowKind;
  baseline: BaselineId | null;
  late: boolean;
  enteredAt: string;
  withdrawnAt: string | null;
  withdrawnReason: string | null;
  review: ReviewVerdict | null;
  openDisputes: number;
};

/**
 * Enters a submission in a season, for its author; a reference defense, for an organizer. At most two of an author's,
 * withdrawn ones too. Two requests at once can't take a third: each takes a numbered slot, and a slot is taken once.
 * Entered again, it is the same entry, and what our side gave up of its evaluation is asked for again until the close.
 * After the end it is marked as late. Throws `not-found`, `forbidden`, and `conflict` where the season takes none yet,
 * its public evaluation is not complete, it was withdrawn, both slots are taken, or nobody would compute it.
 */
export async function enterSeason(viewer: SignedIn, submission: string, name: string): Promise<SeasonEntry> {
  const season = await requireSeason(name);
  const { id: subject, mine, baseline, withdrawnAt } = await requireSubmission(submission, viewer);
  if (!(mine || (baseline !== null && isOrganizer(viewer))))
    throw new AppError('forbidden', 'Only its author enters a submission in a season.');
  return oneAtATime(async () => {
    const entered = await takeSlot(viewer, subject, season);
    const known = (await entriesOf(name)).find((entry) => entry.submission === subject);
    if (known && entered)
      await requestSeasonEvaluation({ submissionId: subject, season: name, requestedBy: viewer.id });
    else if (known && known.withdrawnAt === null) await askAgain(ofOpenSeason(name, subject));
    else if (known) throw new AppError('conflict', 'This entry was withdrawn, and it is not entered again.');
    if (known) return known;
    if (season.state === 'opening') throw new AppError('conflict', `Season ${name} is not open yet.`);
    if (withdrawnAt) throw new AppError('conflict', 'This submission was withdrawn.');
    if (!(await mayBeEntered(season)))
      throw new AppError('conflict', `Season ${name} is over, and no runner of this site holds its files.`);
    throw new AppError(
      'conflict',
      (await slotsTaken(name, viewer.id)) >= entriesPerAuthor
        ? `You have entered ${entriesPerAuthor} submissions in season ${name}, and no more are taken of an author.`
        : `Its evaluation on ${publicSuiteOf(season).id} has to be complete before it can be entered.`,
    );
  });
}

/** The evaluations `e` of an entry, while its season is not closed: afterwards it stays as it is. */
const ofOpenSeason = (season: string, submission: string) =>
  sql`e.season = ${season} and e.submission_id = ${submission}::uuid
    and exists (select 1 from seasons n where n.name = e.season and n.state <> 'closed')`;

/**
 * Whether it was entered now. Slots count from behind those that deleted accounts of the same person took. The season's
 * row is locked: a close that begins meanwhile waits for the entry, or the entry for it.
 */
async function takeSlot(viewer: SignedIn, subject: string, season: SeasonSummary): Promise<boolean> {
  const { name } = season;
  const id = randomUUID();
  const before = await slotsBefore(viewer.id, sql`n.name`);
  const entered = await changeWithEvent(
    { kind: 'season.entered', subject: id, data: { season: name, submission: subject } },
    sql`season as (
      select name, state, closes_at from seasons where name = ${name} and state <> 'opening' for share
    ), changed as (
      insert into season_entries (id, season, submission_id, author_id, slot, late)
      select ${id}::uuid, n.name, s.id, s.owner_id, free.slot, n.state <> 'open' or now() >= n.closes_at
      from season n join submissions s on s.id = ${subject}::uuid and s.withdrawn_at is null
        join users u on u.id = s.owner_id and u.deleted_at is null
      cross join lateral (
        select min(slot) as slot from generate_series(1 + ${before}, ${entriesPerAuthor}::int) slot
        where s.baseline is null and not exists (
          select 1 from season_entries e where e.season = n.name and e.author_id = s.owner_id and e.slot = slot.slot)
      ) free
      where (s.baseline is not null or free.slot is not null)
        and (n.state <> 'closed' or ${isHeldHere(sql`n.name`)})
        and ${isCompleteInPublic(season, sql`s.id`)}
      on conflict on constraint season_entries_once do nothing returning id
    )`,
  );
  return entered > 0;
}

/** Whether a runner is left that holds the season's files: one that was held elsewhere has none here. */
const isHeldHere = (season: SQL) =>
  sql`exists (select 1 from season_runners h join runners r on r.id = h.runner_id where h.season = ${season} and r.state <> 'retired')`;

/** Whether it takes entries at all: until the close, and late ones while a runner is left that computes them. */
export async function mayBeEntered({ name, state }: SeasonSummary): Promise<boolean> {
  if (state !== 'closed') return state !== 'opening';
  const [row] = await (await db())
    .select({ held: sql<boolean>`${isHeldHere(sql`${seasons.name}`)}` })
    .from(seasons)
    .where(eq(seasons.name, name));
  return row?.held ?? false;
}

/** How many of its slots in a season an author has used. */
export async function slotsTaken(season: string, author: string): Promise<number> {
  const before = await slotsBefore(author, sql`${season}`);
  const [row] = await (await db())
    .select({ taken: sql<number>`(${before} + count(${seasonEntries.slot}))::int` })
    .from(seasonEntries)
    .where(and(eq(seasonEntries.season, season), eq(seasonEntries.authorId, author)));
  return row!.taken;
}

/** All entries of a season, in the order that they came; withdrawn ones too. */
export const entriesOf = (season: string): Promise<SeasonEntry[]> => select(eq(seasonEntries.season, season));

/** The same, and which of them are the viewer's own. */
export async function seasonEntriesFor(season: string, viewer: Viewer): Promise<(SeasonEntry & { mine: boolean })[]> {
  const own = await (await db())
    .select({ id: seasonEntries.id })
    .from(seasonEntries)
    .where(and(eq(seasonEntries.season, season), viewer ? eq(seasonEntries.authorId, viewer.id) : sql`false`));
  const mine = new Set(own.map(({ id }) => id));
  return (await entriesOf(season)).map((entry) => ({ ...entry, mine: mine.has(entry.id) }));
}

/** Null where there is none. */
export async function findEntry(id: string): Promise<SeasonEntry | null> {
  return z.uuid().safeParse(id).success ? ((await select(eq(seasonEntries.id, id)))[0] ?? null) : null;
}

/** Throws `not-found`. */
export async function requireEntry(id: string): Promise<SeasonEntry> {
  const found = await findEntry(id);
  if (!found) throw new AppError('not-found', 'There is no such entry.');
  return found;
}

async function select(where: SQL): Promise<SeasonEntry[]> {
  const [here, everywhere] = [seasonEntries.withdrawnAt, submissions.withdrawnAt];
  const rows = await (await db())
    .select({
      id: seasonEntries.id,
      season: seasonEntries.season,
      submission: submissions.id,
      name: submissions.name,
      author: authorShown(users.name),
      kind: modules.kind,
      baseline: submissions.baseline,
      late: seasonEntries.late,
      enteredAt: iso(seasonEntries.createdAt),
      withdrawnAt: sql<string | null>`${iso(sql`least(${here}, ${everywhere})`)}`,
      withdrawnReason: sql<string | null>`
        case when ${here} <= ${everywhere} or ${everywhere} is null then ${seasonEntries.withdrawnReason}
          else ${submissions.withdrawnReason} end`,
      review: sql<ReviewVerdict | null>`(
        select r.verdict from season_reviews r where r.entry_id = ${seasonEntries.id} order by r.created_at desc, r.id desc limit 1)`,
      openDisputes: sql<number>`(
        select count(*)::int from season_disputes d where d.entry_id = ${seasonEntries.id} and d.answer is null)`,
    })
    .from(seasonEntries)
    .innerJoin(submissions, eq(submissions.id, seasonEntries.submissionId))
    .innerJoin(modules, eq(modules.sha256, submissions.moduleSha256))
    .innerJoin(users, eq(users.id, seasonEntries.authorId))
    .where(where)
    .orderBy(seasonEntries.createdAt, seasonEntries.id);
  return rows.map(({ baseline, ...row }) => ({ ...row, baseline: BaselineId.nullable().parse(baseline) }));
}

/**
 * Takes an entry out of the ranks: its row stays, with the reason. Its author's or an organizer's; it counts once, and
 * so does the withdrawal of its submission, whichever came first.
 */
export async function withdrawEntry(viewer: SignedIn, id: string, reason: string): Promise<void> {
  const { submission, baseline, season } = await requireEntry(id);
  const { mine, manageable } = await requireSubmission(submission, viewer);
  if (!manageable) throw new AppError('forbidden', 'Only its author and the organizers withdraw an entry.');
  if (baseline) throw new AppError('forbidden', 'A reference defense stays in the season.');
  await oneAtATime(async () => {
    const withdrawn = await changeWithEvent(
      { kind: 'season.withdrawn', subject: id, data: { byAuthor: mine, ...(!mine && { by: viewer.id }) } },
      sql`changed as (
        update season_entries set withdrawn_at = now(), withdrawn_reason = ${plainLine(reason) || 'No reason was given.'}
        where id = ${id}::uuid and withdrawn_at is null returning id
      )`,
    );
    if (withdrawn > 0)
      for (const evaluation of await evaluationIdsIn(season, submission))
        await cancelEvaluation(evaluation, 'The entry was withdrawn.', { shared: false });
  });
}
