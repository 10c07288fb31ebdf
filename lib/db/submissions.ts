import { randomUUID } from 'node:crypto';
import { and, asc, desc, eq, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import { cache } from 'react';
import 'server-only';
import { attempts, evaluationJobs, evaluations, modules, submissions, users } from '../../drizzle/schema.ts';
import { BaselineId } from '../catalog/baselines/index.ts';
import { nameDefect } from '../catalog/entry-name.ts';
import { findSuite, suites } from '../catalog/suites/index.ts';
import { sha256 } from '../contract/canonical.ts';
import type { Card } from '../contract/card.ts';
import type { RowKind, Sha256 } from '../contract/ids.ts';
import type { SubmissionRequest } from '../contract/submission-request.ts';
import { AppError } from '../errors.ts';
import { checkBeside } from '../module-check/check-beside.ts';
import { plainLine, plainText } from '../plain-text.ts';
import { isOrganizer, type SignedIn, type Viewer } from '../viewer.ts';
import { admitWaiting } from './admission.ts';
import { db, oneAtATime } from './client.ts';
import { evaluationsOf } from './evaluation-views.ts';
import { requestEvaluation } from './evaluations.ts';
import { changeWithEvent } from './events.ts';
import { endJobs } from './jobs.ts';
import { requireQuota } from './quota.ts';
import { attachReport, reportDefect } from './reports.ts';
import { postgresCode } from './values.ts';
import { hasNewer, requireContinuable } from './versions.ts';

export type Kind = RowKind;

export type Submission = {
  id: string;
  name: string;
  author: string;
  kind: Kind;
  baseline: BaselineId | null;
  card: Card;
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

/**
 * Takes a stranger's module: checks it, stores it, and has it evaluated. The same module by the same owner is the same
 * submission, whatever its name; `created` says whether it is new. With `replaces` it is a new version of that one.
 * Throws `module-refused`, `invalid` for a report on something else, `too-many`, `conflict` for one that was withdrawn,
 * and what `requireContinuable` throws. All or nothing of it is kept, and of many at once only so many pass as the quota
 * allows.
 */
export async function submit(user: SignedIn, request: SubmissionRequest): Promise<{ id: string; created: boolean }> {
  const suite = findSuite(request.suite);
  if (!suite)
    throw new AppError(
      'invalid',
      `There is no suite '${request.suite}'; known: ${suites.map(({ id }) => id).join(', ')}.`,
    );
  const name = plainLine(request.name);
  if (!name) throw new AppError('invalid', 'name: a name is wanted');
  const misnamed = nameDefect(name);
  if (misnamed) throw new AppError('invalid', `${misnamed}.`);
  const digest = await sha256(request.code);
  const defect = request.report && reportDefect(request.report, suite, digest);
  if (defect) throw new AppError('invalid', `report: ${defect}.`);
  if (!(await findOwn(user.id, digest))) await requireQuota(user, request.suite); // reading the module costs more than asking
  const check = await checkBeside(request.code);
  if (!check.ok) throw new AppError(check.code === 'too-large' ? 'too-large' : 'module-refused', check.message);
  return oneAtATime(async () => {
    const known = await findOwn(user.id, digest);
    const previous = request.replaces?.toLowerCase() ?? null;
    if (previous && known && known.previous !== previous)
      throw new AppError('conflict', `replaces: this very module is your submission ${known.id}; change it first.`);
    if (previous && !known) await requireContinuable(user, previous);
    if (!known || !(await evaluationsOf(known.id)).some(({ suite }) => suite === request.suite))
      await requireQuota(user, request.suite);
    const card = plainCard(request.card);
    const { id, made: created } = known
      ? { id: known.id, made: false }
      : await store({
          owner: user.id,
          name,
          card,
          baseline: null,
          previous,
          sha256: digest,
          code: request.code,
          ...check,
        });
    if (request.report) await attachReport(id, request.report);
    await requestEvaluation({ submissionId: id, suiteId: request.suite, requestedBy: user.id });
    await admitWaiting(id); // what comes before may have been passed already
    return { id, created };
  });
}

/** A reference defense of the harness's own. */
export type Baseline = { id: BaselineId; name: string; kind: Kind; code: string; card: Card };

/** Puts it among the submissions. A text that is known stays as it is. */
export async function submitBaseline(owner: string, { id, name, kind, code, card }: Baseline): Promise<string> {
  const bytes = Buffer.byteLength(code);
  const digest = await sha256(code);
  return (await store({ owner, name, card, baseline: id, previous: null, sha256: digest, code, bytes, kind })).id;
}

type NewSubmission = {
  owner: string;
  name: string;
  card: Card;
  baseline: BaselineId | null;
  previous: string | null;
  sha256: string;
  code: string;
  bytes: number;
  kind: Kind;
};

/** Of two that come at once, one makes it and both get its id. */
async function store({
  owner,
  name,
  card,
  baseline,
  previous,
  sha256: digest,
  code,
  bytes,
  kind,
}: NewSubmission): Promise<{ id: string; made: boolean }> {
  const id = randomUUID();
  const data = { module: digest, kind, baseline, ...(previous && { previous }) };
  const made = await changeWithEvent(
    { kind: 'submission.created', subject: id, data },
    sql`
    module as (
      insert into modules (sha256, code, bytes, kind) values (${digest}, ${code}, ${bytes}::int, ${kind}) on conflict (sha256) do nothing),
    changed as (
      insert into submissions (id, owner_id, module_sha256, name, card, baseline, previous_id)
      values (${id}::uuid, ${owner}::uuid, ${digest}, ${name}, ${JSON.stringify(card)}::jsonb, ${baseline}, ${previous}::uuid)
      on conflict on constraint submissions_owner_module do nothing returning id
    )`,
  ).catch((error) => {
    throw previous && postgresCode(error) === '23505' ? hasNewer(previous) : error; // of two versions at once, the second
  });
  if (made > 0) return { id, made: true };
  const known = await findOwn(owner, digest);
  return { id: known!.id, made: false };
}

async function findOwn(owner: string, digest: string): Promise<{ id: string; previous: string | null } | null> {
  const [found] = await (await db())
    .select({ id: submissions.id, previous: submissions.previousId })
    .from(submissions)
    .where(and(eq(submissions.ownerId, owner), eq(submissions.moduleSha256, digest)));
  return found ?? null;
}

const plainCard = (card: Card): Card => ({
  ...card,
  description: plainText(card.description),
  license: plainLine(card.license) || 'MIT',
  authors: card.authors.map((author) => ({ ...author, name: plainLine(author.name) || '–' })),
});

async function select(viewer: Viewer, where: SQL | undefined, order: SQL, limit: number): Promise<Submission[]> {
  const rows = await (await db())
    .select({
      id: submissions.id,
      name: submissions.name,
      author: users.name,
      owner: submissions.ownerId,
      kind: modules.kind,
      baseline: submissions.baseline,
      card: submissions.card,
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
  return rows.map(({ owner, baseline, createdAt, withdrawnAt, ...row }) => {
    const mine = viewer !== null && owner === viewer.id;
    return {
      ...row,
      baseline: BaselineId.nullable().parse(baseline),
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

/** What is the viewer's to see before others may. */
const manageableBy = (viewer: Viewer): SQL | undefined => {
  if (viewer === null) return sql`false`;
  return isOrganizer(viewer) ? sql`true` : eq(submissions.ownerId, viewer.id);
};

/**
 * The module's text: everybody's once a trial of it is scored, its owner's and the organizers' before; else null. The
 * harness's own is open.
 */
export async function codeOf(id: string, viewer: Viewer): Promise<string | null> {
  const scored = sql`exists (
    select 1 from evaluations e join evaluation_jobs ej on ej.evaluation_id = e.id join results r on r.job_id = ej.job_id
    cross join jsonb_array_elements(r.trials) t where e.submission_id = ${submissions.id} and t ->> 'outcome' = 'scored')`;
  const [found] = await (await db())
    .select({ code: modules.code })
    .from(submissions)
    .innerJoin(modules, eq(modules.sha256, submissions.moduleSha256))
    .where(and(eq(submissions.id, id), or(isNotNull(submissions.baseline), manageableBy(viewer), scored)));
  return found?.code ?? null;
}

export type AttemptLog = { job: string; attempt: number; text: string };

/** What the module and the jail said, attempt by attempt: for the owner and the organizers. */
export async function logsOf(id: string, viewer: Viewer): Promise<AttemptLog[]> {
  const rows = await (await db())
    .selectDistinct({
      job: attempts.jobId,
      attempt: attempts.attempt,
      log: sql<string>`encode(${attempts.log}, 'base64')`,
      startedAt: attempts.startedAt,
    })
    .from(submissions)
    .innerJoin(evaluations, eq(evaluations.submissionId, submissions.id))
    .innerJoin(evaluationJobs, eq(evaluationJobs.evaluationId, evaluations.id))
    .innerJoin(attempts, eq(attempts.jobId, evaluationJobs.jobId))
    .where(and(eq(submissions.id, id), manageableBy(viewer), sql`octet_length(${attempts.log}) > 0`))
    .orderBy(asc(attempts.startedAt), asc(attempts.jobId));
  return rows.map(({ job, attempt, log }) => ({
    job,
    attempt,
    text: plainText(Buffer.from(log, 'base64').toString('utf8')),
  }));
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
    { kind: 'submission.withdrawn', subject: id, data: { byOwner: mine } },
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
