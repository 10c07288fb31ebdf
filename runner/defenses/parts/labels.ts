import type { LabeledSet } from '../../../lib/contract/defense.ts';

/** The rows that bear each label, in their order; a list for every label, also where it is empty. */
export function rowsByLabel({ y, classes }: Pick<LabeledSet, 'y' | 'classes'>): number[][] {
  const rows = Array.from({ length: classes }, (): number[] => []);
  for (const [row, label] of y.entries()) rows[label]!.push(row);
  return rows;
}

/** The `count` rows of the highest scores, and never more than half of them: a filter that throws a class away does more harm than poison. Ties by the row's place. */
export function highest(rows: readonly number[], scores: ArrayLike<number>, count: number): number[] {
  const order = rows.map((_, place) => place).sort((a, b) => scores[b]! - scores[a]! || a - b);
  return order.slice(0, Math.min(Math.floor(count), Math.floor(rows.length / 2))).map((place) => rows[place]!);
}

/** Row weights of 1, but 0 for these rows. [n] */
export function leavingOut(rows: Iterable<number>, n: number): Float32Array {
  const weights = new Float32Array(n).fill(1);
  for (const row of rows) weights[row] = 0;
  return weights;
}
