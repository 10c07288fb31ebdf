import { asc, gt, inArray } from 'drizzle-orm';
import 'server-only';
import { evaluations, scores } from '../../drizzle/schema.ts';
import { db } from './client.ts';
import { differing, type ScoreDifference } from './score-differences.ts';
import { computeScores, keepScores } from './scores.ts';
import { rescorePlaces } from './season-places.ts';

export type Rescored = { evaluations: number; differences: ScoreDifference[]; next: string | null };

/** Evaluations that one call looks at. */
const atOnce = 100;

/**
 * Computes anew what evaluations are worth, a page of them after the one named, and stores it unless it is only to be
 * checked. Names every value that was stored otherwise. After the last page come the places of closed seasons.
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
    return found.map((one) => ({ submission, suite, ...one }));
  });
  if (!check) await keepScores(computed);
  const next = ids.length < atOnce ? null : ids.at(-1)!;
  const places = next === null ? await rescorePlaces(check) : [];
  return { evaluations: computed.size, differences: [...differences, ...places], next };
}

async function storedRows(ids: readonly string[]) {
  const rows = await (await db())
    .select()
    .from(scores)
    .where(inArray(scores.evaluationId, [...ids]));
  return new Map(rows.map(({ evaluationId, computedAt: _, ...row }) => [evaluationId, row]));
}
