import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import 'server-only';
import { evaluations, modules, submissions } from '../../drizzle/schema.ts';
import type { Backend } from '../contract/ids.ts';
import type { Suite } from '../contract/suite.ts';
import { anyReferenceOf, referenceOf } from '../scoring/references.ts';
import { type Entry, type Table, tableOf } from '../studies/findings/table.ts';
import { db } from './client.ts';
import { evaluationsOfSuite } from './evaluation-views.ts';
import { aboutDefenses, inputColumns, inputsDigest } from './scores.ts';
import { submissionsNamed } from './submissions.ts';

/** Of each suite the table as it was computed last, and a digest of all that it follows from. */
const kept = new Map<string, { inputs: string; table: Promise<Table | null> }>();

/**
 * The suite's scored baselines, the newest of each, on the one backend that most of them have: numbers are compared
 * within one only. Without rows where none is scored yet; null where the suite has no reference. The same object until
 * something changes: computing it takes a second.
 */
export async function referenceTable(suite: Suite): Promise<Table | null> {
  const inputs = await inputsOf(suite);
  const known = kept.get(suite.id);
  if (known?.inputs === inputs) return known.table;
  const table = computed(suite);
  kept.set(suite.id, { inputs, table });
  table.catch(() => kept.get(suite.id)?.table === table && kept.delete(suite.id));
  return table;
}

async function inputsOf({ id, digest }: Suite): Promise<string> {
  const rows = await (await db())
    .select({ id: submissions.id, createdAt: submissions.createdAt, ...inputColumns })
    .from(evaluations)
    .innerJoin(submissions, eq(submissions.id, evaluations.submissionId))
    .innerJoin(modules, eq(modules.sha256, submissions.moduleSha256))
    .where(
      and(
        eq(evaluations.suite, id),
        eq(evaluations.suiteDigest, digest),
        isNotNull(submissions.baseline),
        isNull(submissions.withdrawnAt),
      ),
    )
    .orderBy(evaluations.id);
  return JSON.stringify([digest, rows.map((row) => [row.id, row.createdAt, inputsDigest(row)])]);
}

async function computed(suite: Suite): Promise<Table | null> {
  const views = await evaluationsOfSuite(suite.id, 'baselines');
  const found = await submissionsNamed(views.map(({ submissionId }) => submissionId));
  const about = await aboutDefenses(
    found.map(({ kind, card, module }) => ({ kind, deterministic: card.deterministic, ...module })),
  );
  const byId = new Map(found.map((one, at) => [one.id, { ...one, about: about[at]! }]));
  const scored = views.flatMap(
    ({ state, submissionId, engine, trials }): (Entry & { engine: Backend; submittedAt: string })[] => {
      const submission = byId.get(submissionId);
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
