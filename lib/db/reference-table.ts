import 'server-only';
import type { Backend } from '../contract/ids.ts';
import type { Suite } from '../contract/suite.ts';
import { anyReferenceOf, referenceOf } from '../scoring/references.ts';
import { type Entry, type Table, tableOf } from '../studies/findings/table.ts';
import { evaluationsOfSuite } from './evaluations.ts';
import { aboutSubmissions } from './standings.ts';
import { standingSubmissions } from './submissions.ts';

/**
 * The suite's scored baselines, the newest of each, on the one backend that most of them have: numbers are compared
 * within one only. Without rows where none is scored yet; null where the suite has no reference.
 */
export async function referenceTable(suite: Suite): Promise<Table | null> {
  const [views, submissions] = await Promise.all([evaluationsOfSuite(suite.id), standingSubmissions(suite.id)]);
  const about = await aboutSubmissions([...submissions.values()]);
  const scored = views.flatMap(
    ({ state, submissionId, engine, trials }): (Entry & { engine: Backend; submittedAt: string })[] => {
      const submission = submissions.get(submissionId);
      if (state !== 'scored' || !submission?.baseline || !referenceOf(suite, engine)) return [];
      return [
        {
          id: submission.baseline,
          submission: submissionId,
          trials,
          about: about(submission),
          engine,
          submittedAt: submission.createdAt,
        },
      ];
    },
  );
  const perBackend = scored.map(({ engine }) => ({
    engine,
    rows: new Set(scored.filter((one) => one.engine === engine).map(({ id }) => id)).size,
  }));
  const backend = perBackend.reduce<(typeof perBackend)[number] | null>(
    (most, one) => (most && most.rows >= one.rows ? most : one),
    null,
  )?.engine;
  const reference = backend ? referenceOf(suite, backend) : anyReferenceOf(suite);
  const newestLast = scored
    .filter(({ engine }) => engine === backend)
    .sort((a, b) => a.submittedAt.localeCompare(b.submittedAt));
  return reference && tableOf(suite, reference, [...new Map(newestLast.map((entry) => [entry.id, entry])).values()]);
}
