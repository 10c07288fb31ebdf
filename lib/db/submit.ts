import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import 'server-only';
import { submissions } from '../../drizzle/schema.ts';
import type { BaselineId } from '../catalog/baselines/index.ts';
import { nameDefect } from '../catalog/entry-name.ts';
import { findSuite, suites } from '../catalog/suites/index.ts';
import { sha256 } from '../contract/canonical.ts';
import type { Card } from '../contract/card.ts';
import { orcidDefect } from '../contract/orcid.ts';
import { engineOf, type Runtime } from '../contract/runtime.ts';
import type { SubmissionRequest } from '../contract/submission-request.ts';
import { AppError } from '../errors.ts';
import { checkBeside } from '../module-check/check-beside.ts';
import { authorDefect } from '../person-name.ts';
import { textDefect } from '../plain-json.ts';
import { plainLine, plainText } from '../plain-text.ts';
import { torchProblem } from '../scoring/references.ts';
import type { SignedIn } from '../viewer.ts';
import { admitWaiting } from './admission.ts';
import { anonymousDay } from './anonymity.ts';
import { withheldUntil } from './author-shown.ts';
import { db, oneAtATime } from './client.ts';
import { evaluationsOf } from './evaluation-views.ts';
import { requestEvaluation } from './evaluations.ts';
import { changeWithEvent } from './events.ts';
import { requireQuota } from './quota.ts';
import { attachReport, reportDefect } from './reports.ts';
import type { Kind } from './submissions.ts';
import { postgresCode } from './values.ts';
import { hasNewer, requireContinuable } from './versions.ts';

/**
 * Takes a stranger's module: checks it, stores it, and has it evaluated. The same module by the same owner is the same
 * submission, whatever its name; `created` says whether it is new. With `replaces` it is a new version of that one.
 * Throws `module-refused`, `invalid` for a report on something else, `too-many`, `conflict` for one that was withdrawn,
 * and what `requireContinuable` throws. All or nothing of it is kept, and of many at once only so many pass as the
 * quota allows.
 */
export async function submit(user: SignedIn, request: SubmissionRequest): Promise<{ id: string; created: boolean }> {
  const unkept = textDefect(request); // a form's texts come here as they were typed
  if (unkept) throw new AppError('invalid', `${unkept}.`);
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
  const card = plainCard(request.card);
  const unnamed = card.authors.map((author) => authorDefect(author.name) ?? orcidDefect(author)).find(Boolean);
  if (unnamed) throw new AppError('invalid', `authors: ${unnamed}.`);
  const digest = await sha256(request.code);
  const defect = request.report && reportDefect(request.report, suite, digest);
  if (defect) throw new AppError('invalid', `report: ${defect}.`);
  if (!(await findOwn(user.id, digest))) await requireQuota(user, request.suite); // reading the module costs more than asking
  const check = await checkBeside(request.code, request.language);
  if (!check.ok) throw new AppError(check.code === 'too-large' ? 'too-large' : 'module-refused', check.message);
  const unscored = engineOf(check.runtime, check.kind, 'wasm') === 'torch' && torchProblem(suite);
  if (unscored) throw new AppError('invalid', `suite: ${unscored}`);
  return oneAtATime(async () => {
    const known = await findOwn(user.id, digest);
    const previous = request.replaces?.toLowerCase() ?? null;
    if (previous && known && known.previous !== previous)
      throw new AppError('conflict', `replaces: this very module is your submission ${known.id}; change it first.`);
    if (previous && !known) await requireContinuable(user, previous);
    if (request.anonymousUntil && known && known.anonymousUntil !== request.anonymousUntil)
      throw new AppError(
        'conflict',
        `anonymousUntil: this very module is your submission ${known.id}, which ${known.anonymousUntil ? `is anonymous until ${known.anonymousUntil}` : 'names its author'}.`,
      );
    if (!known || !(await evaluationsOf(known.id)).some(({ suite }) => suite === request.suite))
      await requireQuota(user, request.suite);
    const { id, made: created } = known
      ? { id: known.id, made: false }
      : await store({
          owner: user.id,
          name,
          card,
          baseline: null,
          previous,
          anonymousUntil: await anonymousDay(request.anonymousUntil, previous),
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
  const module = { sha256: digest, code, bytes, kind, runtime: 'javascript' as const };
  return (await store({ owner, name, card, baseline: id, previous: null, anonymousUntil: null, ...module })).id;
}

type NewSubmission = {
  owner: string;
  name: string;
  card: Card;
  baseline: BaselineId | null;
  previous: string | null;
  anonymousUntil: string | null;
  sha256: string;
  code: string;
  bytes: number;
  kind: Kind;
  runtime: Runtime;
};

/** Of two that come at once, one makes it and both get its id. */
async function store({
  owner,
  name,
  card,
  baseline,
  previous,
  anonymousUntil,
  sha256: digest,
  code,
  bytes,
  kind,
  runtime,
}: NewSubmission): Promise<{ id: string; made: boolean }> {
  const id = randomUUID();
  const data = { module: digest, kind, baseline, ...(previous && { previous }) };
  const made = await changeWithEvent(
    { kind: 'submission.created', subject: id, data },
    sql`
    module as (
      insert into modules (sha256, code, bytes, kind, runtime) values (${digest}, ${code}, ${bytes}::int, ${kind}, ${runtime}) on conflict (sha256) do nothing),
    changed as (
      insert into submissions (id, owner_id, module_sha256, name, card, baseline, previous_id, anonymous_until)
      values (${id}::uuid, ${owner}::uuid, ${digest}, ${name}, ${JSON.stringify(card)}::jsonb, ${baseline}, ${previous}::uuid, ${anonymousUntil}::date)
      on conflict on constraint submissions_owner_module do nothing returning id
    )`,
  ).catch((error) => {
    throw previous && postgresCode(error) === '23505' ? hasNewer(previous) : error; // of two versions at once, the second
  });
  if (made > 0) return { id, made: true };
  const known = await findOwn(owner, digest);
  return { id: known!.id, made: false };
}

async function findOwn(
  owner: string,
  digest: string,
): Promise<{ id: string; previous: string | null; anonymousUntil: string | null } | null> {
  const [found] = await (await db())
    .select({ id: submissions.id, previous: submissions.previousId, anonymousUntil: withheldUntil() })
    .from(submissions)
    .where(and(eq(submissions.ownerId, owner), eq(submissions.moduleSha256, digest)));
  return found ?? null;
}

const paperLimit = 2000;

/**
 * The address of a paper as a browser would ask for it: in ASCII, so that nothing in it is hidden or turns around. One
 * with a user or a password is refused, for everybody reads it.
 */
function plainAddress(paper: string): string {
  const { href, username, password, host } = new URL(paper);
  if (username || password)
    throw new AppError(
      'invalid',
      `card.paper: the address holds a user or a password before @${host}, and everybody reads it; leave that out.`,
    );
  if (href.length > paperLimit)
    throw new AppError(
      'invalid',
      `card.paper: the address has ${href.length} characters; at most ${paperLimit} are taken.`,
    );
  return href;
}

const plainCard = (card: Card): Card => ({
  ...card,
  ...(card.paper !== undefined && { paper: plainAddress(card.paper) }),
  description: plainText(card.description),
  license: plainLine(card.license) || 'MIT',
  authors: card.authors.map((author) => ({ ...author, name: plainLine(author.name) })),
});
