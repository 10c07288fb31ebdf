import 'server-only';
import type { Backend } from '../contract/ids.ts';
import type { Suite } from '../contract/suite.ts';
import { anyReferenceOf, referenceOf } from '../scoring/references.ts';
import { type Entry, type Table, tableOf } from '../studies/findings/table.ts';
import { evaluationsOfSuite } from './evaluation-views.ts';
import { aboutDefenses } from './scores.ts';
import { submissionsNamed } from './submissions.ts';

/**
 * The suite's scored baselines, the newest of each, on the one backend that most of them have: numbers are compared
 * within one only. Without rows where none is scored yet; null where the suite has no reference.
 */
export async function referenceTable(suite: Suite): Promise<Table | null> {
  const views = await evaluationsOfSuite(suite.id, 'baselines');
  const found = await submissionsNamed(views.map(({ submissionId }) => submissionId));
  const about = await aboutDefenses(
    found.map(({ kind, card, module }) => ({ kind, deterministic: card.deterministic, ...module })),
  );
  const submissions = new Map(found.map((one, at) => [one.id, { ...one, about: about[at]! }]));
  const scored = views.flatMap(
    ({ state, submissionId, engine, trials }): (Entry & { engine: Backend; submittedAt: string })[] => {
      const submission = submissions.get(submissionId);
      if (state !== 'scored' || !submission?.baseline || !referenceOf(suite, engine)) return [];
      return [
        {
          id: submission.baseline,
          submission: submissionId,
          trials,
          about: submission.about,
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
