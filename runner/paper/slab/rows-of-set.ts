import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { rowSize } from '../../datasets/rows.ts';

/** Pixels over scale and ‖x‖² of each row. */
export type Rows = {
  readonly n: number;
  readonly size: number;
  readonly x: Float32Array;
  readonly y: Int32Array;
  readonly squares: Float64Array;
};

export function rowsOfSet(set: LabeledSet): Rows {
  const size = rowSize(set);
  const x = new Float32Array(set.x.length); // [n, size]
  for (let at = 0; at < x.length; at++) x[at] = set.x[at]! / set.scale;
  const squares = Float64Array.from({ length: set.n }, (_, row) => squareOf(x.subarray(row * size, (row + 1) * size)));
  return { n: set.n, size, x, y: set.y, squares };
}

/** ⟨x_i, vector⟩ */
export function along({ x, size }: Rows, row: number, vector: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0, cell = row * size; at < size; at++, cell++) sum += x[cell]! * vector[at]!;
  return sum;
}

/** into += factor · x_i */
export function addRow({ x, size }: Rows, row: number, factor: number, into: Float64Array): void {
  for (let at = 0, cell = row * size; at < size; at++, cell++) into[at]! += factor * x[cell]!;
}

export function squareOf(vector: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < vector.length; at++) sum += vector[at]! * vector[at]!;
  return sum;
}
