import { asc, gt, inArray } from 'drizzle-orm';
import 'server-only';
import { evaluations, scores } from '../../drizzle/schema.ts';
import { db } from './client.ts';
import { computeScores, keepScores } from './scores.ts';

/** A value that is stored and is not what is computed now. */
type ScoreDifference = {
  evaluation: string;
  submission: string;
  suite: string;
  /** Which value, such as `scores.worst.value`; `row` where nothing is stored. */
  path: string;
  stored: string;
  computed: string;
};

export type Rescored = { evaluations: number; differences: ScoreDifference[]; next: string | null };

/** Evaluations that one call looks at. */
const atOnce = 100;

/**
 * Computes anew what evaluations are worth, a page of them after the one named, and stores it unless it is only to be
 * checked. Names every value that was stored otherwise.
 */
export async function rescore({ check, after }: { check: boolean; after: string | null }): Promise<Rescored> {
  const page = await (await db())
    .select({ id: evaluations.id })
    .from(evaluations)
    .where(after === null ? undefined : gt(evaluations.id, after))
    .orderBy(asc(evaluations.id))
    .limit(atOnce);
  const ids = page.map(({ id }) => id);
  const computed = await computeScores(ids);
  const stored = await storedRows(ids);
  const differences = [...computed].flatMap(([evaluation, { submissionId: submission, suite, fault, ...now }]) => {
    const before = stored.get(evaluation) ?? null;
    const nothing = { path: 'scores', stored: before?.scores ? 'a row' : 'nothing', computed: `nothing: ${fault}` };
    const found = fault === null ? differing('', before, now) : [nothing];
    return found.map((one) => ({ evaluation, submission, suite, ...one }));
  });
  if (!check) await keepScores(computed);
  return { evaluations: computed.size, differences, next: ids.length < atOnce ? null : ids.at(-1)! };
}

async function storedRows(ids: readonly string[]) {
  const rows = await (await db())
    .select()
    .from(scores)
    .where(inArray(scores.evaluationId, [...ids]));
  return new Map(rows.map(({ evaluationId, computedAt: _, ...row }) => [evaluationId, row]));
}

/** Each value that differs; numbers to the last bit. */
function differing(
  path: string,
  stored: unknown,
  computed: unknown,
): Pick<ScoreDifference, 'path' | 'stored' | 'computed'>[] {
  if (hasParts(stored) && hasParts(computed) && Array.isArray(stored) === Array.isArray(computed))
    return [...new Set([...Object.keys(stored), ...Object.keys(computed)])].flatMap((key) =>
      differing(path ? `${path}.${key}` : key, stored[key], computed[key]),
    );
  const [was, is] = [JSON.stringify(stored) ?? 'nothing', JSON.stringify(computed) ?? 'nothing'];
  return was === is
    ? []
    : [{ path: path || 'row', stored: was, computed: hasParts(computed) && !Array.isArray(computed) ? 'a row' : is }];
}

/** A record, or a list by its places: what the database returns has its keys in another order. */
const hasParts = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
