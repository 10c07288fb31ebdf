import { asc, desc, eq, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { cache } from 'react';
import 'server-only';
import { accounts, modules, submissions, users } from '../../drizzle/schema.ts';
import { BaselineId } from '../catalog/baselines/index.ts';
import { Card } from '../contract/card.ts';
import type { RowKind, Sha256 } from '../contract/ids.ts';
import type { Runtime } from '../contract/runtime.ts';
import { AppError } from '../errors.ts';
import { plainLine } from '../plain-text.ts';
import { isOrganizer, type SignedIn, type Viewer } from '../viewer.ts';
import { authorShown, withheldUntil } from './author-shown.ts';
import { db } from './client.ts';
import { changeWithEvent } from './events.ts';
import { endJobs } from './jobs.ts';

export type Kind = RowKind;

export type Submission = {
  id: string;
  name: string;
  /** As everybody reads it, the owner too. */
  author: string;
  /** The day, UTC, until which nobody is told whose it is; null for one that tells it. */
  anonymousUntil: string | null;
  kind: Kind;
  runtime: Runtime;
  baseline: BaselineId | null;
  /** Without its authors while they are withheld; the owner sees them. */
  card: Card;
  /** Of the author of the card who submitted it, where ORCID vouched for it at the sign-in; else null. */
  vouchedOrcid: string | null;
  module: { sha256: Sha256; bytes: number };
  previous: string | null;
  createdAt: string;
  withdrawnAt: string | null;
  withdrawnReason: string | null;
  /** The viewer's own. */
  mine: boolean;
  /** The viewer may withdraw it and read its log. */
  manageable: boolean;
};

async function select(viewer: Viewer, where: SQL | undefined, order: SQL, limit: number): Promise<Submission[]> {
  const rows = await (await db())
    .select({
      id: submissions.id,
      name: submissions.name,
      author: authorShown(users.name),
      anonymousUntil: withheldUntil(),
      owner: submissions.ownerId,
      kind: modules.kind,
      runtime: modules.runtime,
      baseline: submissions.baseline,
      card: submissions.card,
      orcid: sql<
        string | null
      >`(select subject from ${accounts} where user_id = ${submissions.ownerId} and provider = 'orcid' limit 1)`,
      module: { sha256: modules.sha256, bytes: modules.bytes },
      previous: submissions.previousId,
      createdAt: submissions.createdAt,
      withdrawnAt: submissions.withdrawnAt,
      withdrawnReason: submissions.withdrawnReason,
    })
    .from(submissions)
    .innerJoin(users, eq(users.id, submissions.ownerId))
    .innerJoin(modules, eq(modules.sha256, submissions.moduleSha256))
    .where(where)
    .orderBy(order)
    .limit(limit);
  return rows.map(({ owner, baseline, card: stored, orcid, createdAt, withdrawnAt, ...row }) => {
    const mine = viewer !== null && owner === viewer.id;
    const card = Card.parse(stored);
    if (row.anonymousUntil && !mine) card.authors = [];
    return {
      ...row,
      baseline: BaselineId.nullable().parse(baseline),
      card,
      vouchedOrcid: card.authors.find((author) => author.orcid === orcid)?.orcid ?? null,
      createdAt: createdAt.toISOString(),
      withdrawnAt: withdrawnAt?.toISOString() ?? null,
      mine,
      manageable: mine || isOrganizer(viewer),
    };
  });
}

/**
 * Any submission: that it exists is public from the start. Null where there is none; an id that is no UUID names none.
 * Read once for all parts of a page.
 */
export const findSubmission = cache(async (id: string, viewer: Viewer): Promise<Submission | null> => {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return null;
  const [found] = await select(viewer, eq(submissions.id, id), asc(submissions.id), 1);
  return found ?? null;
});

export async function requireSubmission(id: string, viewer: Viewer): Promise<Submission> {
  const found = await findSubmission(id, viewer);
  if (!found) throw new AppError('not-found', 'There is no such submission.');
  return found;
}

/** Those of these ids, in no order. */
export const submissionsNamed = (ids: readonly string[]): Promise<Submission[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : select(null, inArray(submissions.id, [...ids]), asc(submissions.id), ids.length);

/** The viewer's own, newest first, withdrawn ones too. */
export const submissionsOf = (viewer: SignedIn): Promise<Submission[]> =>
  select(viewer, eq(submissions.ownerId, viewer.id), desc(submissions.createdAt), 500);

/** Everybody's that were withdrawn, the last one first. */
export const withdrawnSubmissions = (): Promise<Submission[]> =>
  select(null, isNotNull(submissions.withdrawnAt), desc(submissions.withdrawnAt), 200);

/** The ids of all that stand, the newest first: no more than one sitemap may list. */
export async function listedSubmissions(): Promise<string[]> {
  const rows = await (await db())
    .select({ id: submissions.id })
    .from(submissions)
    .where(isNull(submissions.withdrawnAt))
    .orderBy(desc(submissions.createdAt))
    .limit(40_000);
  return rows.map(({ id }) => id);
}

/** Why the jobs of a submission that was withdrawn are cancelled. */
export const submissionWithdrawn = 'The submission was withdrawn.';

/**
 * Takes it off the board, with the reason, and ends what it still waits for. Owner's or organizer's; said twice, it
 * counts once.
 */
export async function withdraw(id: string, viewer: SignedIn, reason: string): Promise<void> {
  const { manageable, baseline, mine } = await requireSubmission(id, viewer);
  if (!manageable) throw new AppError('forbidden', 'Only its owner and the organizers may withdraw a submission.');
  if (baseline) throw new AppError('forbidden', 'A reference defense stays on the board.');
  const own = sql`select e.id from evaluations e join withdrawn on withdrawn.id = e.submission_id`;
  await changeWithEvent(
    { kind: 'submission.withdrawn', subject: id, data: { byOwner: mine, ...(!mine && { by: viewer.id }) } },
    sql`
    withdrawn as (
      update submissions set withdrawn_at = now(), withdrawn_reason = ${plainLine(reason) || 'No reason was given.'}
      where id = ${id}::uuid and withdrawn_at is null returning id
    ), ended as (
      ${endJobs(own, submissionWithdrawn, { shared: false })}
    ), changed as (
      select id from withdrawn, (select count(*) from ended) last
    )`,
  );
}
