import { randomUUID } from 'node:crypto';
import { and, eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import 'server-only';
import { evaluations, runners, seasonRunners } from '../../drizzle/schema.ts';
import { findSeasonSuite, publicSuiteOf, seasonSuiteId } from '../catalog/seasons.ts';
import { UsualBackend } from '../contract/ids.ts';
import { engineOf } from '../contract/runtime.ts';
import type { SeasonSummary } from '../contract/season.ts';
import type { Suite } from '../contract/suite.ts';
import { AppError } from '../errors.ts';
import { harness } from '../harness.ts';
import { db } from './client.ts';
import { subjectNamed, workOf } from './evaluation-work.ts';
import { enqueue } from './jobs.ts';
import { requireSeason } from './seasons.ts';

/** The suite of a season that was opened, as everybody may know it. Throws `conflict`. */
export function suiteOfSeason({ name, plan, commitment }: SeasonSummary): Suite {
  const suite = commitment && findSeasonSuite(seasonSuiteId(plan, name), commitment);
  if (!suite) throw new AppError('conflict', `Season ${name} is not open yet.`);
  return suite;
}

/**
 * Has an entry evaluated in its season by this site's harness, one job for each seed. Asked again it changes nothing.
 * Only runners that hold the season's files get its jobs.
 */
export async function requestSeasonEvaluation(request: {
  submissionId: string;
  season: string;
  requestedBy: string | null;
}): Promise<void> {
  const { season } = request;
  const record = await requireSeason(season);
  const suite = suiteOfSeason(record);
  const subject = await subjectNamed(request.submissionId);
  const harnessDigest = harness(subject.runtime).digest;
  const engine = engineOf(subject.runtime, subject.kind, await engineFor(record));
  if (engine === 'torch' && !record.engines.includes(engine))
    throw new AppError(
      'conflict',
      `Season ${season} has no reference of PyTorch, against which a module in Python that trains is held; a filter in Python can enter.`,
    );
  const id = randomUUID();
  const data = { submission: subject.id, suite: suite.id, digest: suite.digest, engine };
  await enqueue(
    sql`insert into evaluations (id, submission_id, suite, suite_digest, season, harness_digest, engine, requested_by)
      values (${id}::uuid, ${subject.id}::uuid, ${suite.id}, ${suite.digest}, ${season}, ${harnessDigest}, ${engine}, ${request.requestedBy}::uuid)
      on conflict on constraint evaluations_once do nothing returning id`,
    workOf(suite, subject, { harnessDigest, engine, season }),
    { suite: suite.id, ...subject, event: { kind: 'evaluation.requested', subject: id, data } },
  );
}

/** The evaluations of a season, of all submissions or of one. */
export async function evaluationIdsIn(season: string, submission: string | null): Promise<string[]> {
  const wanted = submission === null ? undefined : eq(evaluations.submissionId, submission);
  const rows = await (await db())
    .select({ id: evaluations.id })
    .from(evaluations)
    .where(and(eq(evaluations.season, season), wanted));
  return rows.map(({ id }) => id);
}

/** The submission's evaluation on the season's public suite is complete. `submission`: a column with its id. */
export const isCompleteInPublic = (season: SeasonSummary, submission: SQLWrapper): SQL => sql`exists (
  select 1 from evaluations e join scores c on c.evaluation_id = e.id
  where e.submission_id = ${submission} and e.suite = ${publicSuiteOf(season).id} and e.season = '' and c.state = 'scored')`;

/** The first usual engine of the season that one of its runners offers, or its first where none does yet. */
async function engineFor({ name, engines }: SeasonSummary): Promise<UsualBackend> {
  const holding = await (await db())
    .select({ labels: runners.labels })
    .from(seasonRunners)
    .innerJoin(runners, eq(runners.id, seasonRunners.runnerId))
    .where(and(eq(seasonRunners.season, name), eq(runners.state, 'active')));
  const offered = holding.flatMap(({ labels }) => labels);
  const ordered = UsualBackend.options.filter((backend) => engines.includes(backend));
  const chosen = ordered.find((backend) => offered.includes(`engine:${backend}`)) ?? ordered[0];
  if (!chosen) throw new AppError('conflict', `Season ${name} was opened without an engine.`);
  return chosen;
}
