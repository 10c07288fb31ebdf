import type { LabeledSet } from '../../lib/contract/defense.ts';

/** Numbers in one row: the product of its shape. */
export const rowSize = ({ shape }: Pick<LabeledSet, 'shape'>) => shape.reduce((product, length) => product * length, 1);

/** One row's pixels, as a view. */
export const rowAt = (set: LabeledSet, row: number) => set.x.subarray(row * rowSize(set), (row + 1) * rowSize(set));

/** Copies of the named rows, in that order; a row may be named twice. */
export function takeRows(set: LabeledSet, rows: ArrayLike<number>): LabeledSet {
  const size = rowSize(set);
  const x = new Uint8Array(rows.length * size);
  const y = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    x.set(rowAt(set, rows[i]!), i * size);
    y[i] = set.y[rows[i]!]!;
  }
  return { ...set, n: rows.length, x, y };
}
