import { eq, sql } from 'drizzle-orm';
import 'server-only';
import { modules, submissions } from '../../drizzle/schema.ts';
import type { RowKind } from '../contract/ids.ts';
import type { Runtime } from '../contract/runtime.ts';
import { type Suite, trialsOf } from '../contract/suite.ts';
import { AppError } from '../errors.ts';
import { isAnonymous } from './author-shown.ts';
import { db } from './client.ts';
import type { Work } from './jobs.ts';

export type Subject = {
  id: string;
  moduleSha256: string;
  kind: RowKind;
  runtime: Runtime;
  /** Null while its author is withheld. */
  ownerId: string | null;
  ours: boolean;
};

/** The submission whose module is evaluated. Throws `not-found`, and `conflict` for one that was withdrawn. */
export async function subjectNamed(submissionId: string): Promise<Subject> {
  const [found] = await (await db())
    .select({
      id: submissions.id,
      moduleSha256: submissions.moduleSha256,
      kind: modules.kind,
      runtime: modules.runtime,
      ownerId: sql<string | null>`case when not ${isAnonymous()} then ${submissions.ownerId} end`,
      baseline: submissions.baseline,
      withdrawnAt: submissions.withdrawnAt,
    })
    .from(submissions)
    .innerJoin(modules, eq(modules.sha256, submissions.moduleSha256))
    .where(eq(submissions.id, submissionId));
  if (!found) throw new AppError('not-found', 'There is no such submission.');
  if (found.withdrawnAt) throw new AppError('conflict', 'This submission was withdrawn.');
  const { id, moduleSha256, kind, runtime, ownerId, baseline } = found;
  return { id, moduleSha256, kind, runtime, ownerId, ours: baseline !== null };
}

/** One job for each seed. `season`: its name, empty for a public suite. */
export const workOf = (
  suite: Suite,
  { moduleSha256, runtime }: Subject,
  { harnessDigest, engine, season }: Pick<Work, 'harnessDigest' | 'engine' | 'season'>,
): Work[] =>
  suite.seeds.map((seed) => ({
    moduleSha256,
    runtime,
    suiteDigest: suite.digest,
    season,
    harnessDigest,
    engine,
    class: 'official',
    trials: trialsOf(suite, [seed]),
  }));
