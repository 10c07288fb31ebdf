import type { Estimate } from '@/lib/contract/report.ts';
import { rankedBy, type Suite } from '@/lib/contract/suite.ts';
import type { Standing } from '@/lib/db/standings.ts';
import { paretoFront } from '@/lib/scoring/pareto.ts';
import { referenceOf } from '@/lib/scoring/references.ts';
import { accuracyOf, undefendedAccuracy } from '@/lib/scoring/trade-off.ts';

/** An entry in the plane of clean accuracy and the number that ranks. `front`: no entry is better in both. */
export type Point = {
  readonly row: Standing;
  readonly accuracy: Estimate;
  readonly robustness: Estimate;
  readonly front: boolean;
};

/**
 * Rows with both numbers, in their order. A control knows which rows are poison, so it is in nobody's way to the front.
 */
export function pointsOf(suite: Suite, rows: readonly Standing[]): Point[] {
  const placed = rows.flatMap((row) => {
    const [reference, robustness] = [referenceOf(suite, row.engine), row[rankedBy(suite)]];
    if (!reference || !robustness || !row.utility) return [];
    const accuracy = accuracyOf(undefendedAccuracy(suite, reference), row.utility);
    return [{ row, accuracy, robustness, x: accuracy.value, y: robustness.value }];
  });
  const front = new Set(paretoFront(placed.filter(({ row }) => row.kind !== 'control')).map(({ row }) => row));
  return placed.map(({ row, accuracy, robustness }) => ({ row, accuracy, robustness, front: front.has(row) }));
}
