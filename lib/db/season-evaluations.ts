import { randomUUID } from 'node:crypto';
import { type SQL, sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { findSeasonSuite, publicSuiteOf, seasonSuiteId } from '../catalog/seasons.ts';
import { UsualBackend } from '../contract/ids.ts';
import { engineOf } from '../contract/runtime.ts';
import type { SeasonSummary } from '../contract/season.ts';
import type { Suite } from '../contract/suite.ts';
import { AppError } from '../errors.ts';
import { harness } from '../harness.ts';
import { execute } from './client.ts';
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

const Ids = z.object({ id: z.uuid() });

/** The evaluations of a season, of all submissions or of one. */
export async function evaluationIdsIn(season: string, submission: string | null): Promise<string[]> {
  const rows = await execute(
    Ids,
    sql`select id from evaluations where season = ${season} and (${submission}::uuid is null or submission_id = ${submission}::uuid)`,
  );
  return rows.map(({ id }) => id);
}

/** The submission's evaluation on the season's public suite is complete. `submission`: a column with its id. */
export const isCompleteInPublic = (season: SeasonSummary, submission: SQL): SQL => sql`exists (
  select 1 from evaluations e join scores c on c.evaluation_id = e.id
  where e.submission_id = ${submission} and e.suite = ${publicSuiteOf(season).id} and e.season = '' and c.state = 'scored')`;

/** The first usual engine of the season that one of its runners offers, or its first where none does yet. */
async function engineFor({ name, engines }: SeasonSummary): Promise<UsualBackend> {
  const offered = await execute(
    z.object({ label: z.string() }),
    sql`select distinct unnest(r.labels) as label from runners r join season_runners h on h.runner_id = r.id
      where h.season = ${name} and r.state = 'active'`,
  );
  const labels = offered.map(({ label }) => label);
  const ordered = UsualBackend.options.filter((backend) => engines.includes(backend));
  const chosen = ordered.find((backend) => labels.includes(`engine:${backend}`)) ?? ordered[0];
  if (!chosen) throw new AppError('conflict', `Season ${name} was opened without an engine.`);
  return chosen;
}
