import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { rowSize } from '../../datasets/rows.ts';
import { rootOf } from '../../random/rng.ts';

/**
 * Two rows are twins if, as vectors of length 1, they are nearer than this. On FashionMNIST 95 of 100 pairs of copies
 * are nearer than .045 after the jitter, and of 6,000 rows none has another one nearer than .11.
 */
export const twinDistance = 0.06;

const directions = 6;
/** How far along a direction a twin may lie: four standard deviations of what its distance is there, in 784 pixels. */
const reach = 0.008;

/**
 * How many rows of each label have a twin among all rows. Rows are sorted along one random direction; only rows near to
 * each other along all directions are compared.
 */
export function twinsByLabel(train: LabeledSet): Int32Array {
  const { n, classes, y } = train;
  const { along, norms } = projected(train);
  const first = (row: number) => along[row * directions]!;
  const order = Int32Array.from({ length: n }, (_, row) => row).sort((a, b) => first(a) - first(b));
  const hasTwin = new Uint8Array(n);
  for (let at = 0; at < n; at++) {
    const row = order[at]!;
    for (let next = at + 1; next < n && first(order[next]!) - first(row) <= reach; next++) {
      const other = order[next]!;
      if (isNear(along, row, other) && isTwin(train, norms, row, other)) hasTwin[row] = hasTwin[other] = 1;
    }
  }
  const counts = new Int32Array(classes);
  for (let row = 0; row < n; row++) counts[y[row]!]! += hasTwin[row]!;
  return counts; // [classes]
}

/** Of each row, at length 1, the part along each of a few random directions; a black row has length 0. */
function projected(train: LabeledSet): { along: Float64Array; norms: Float64Array } {
  const size = rowSize(train);
  const rng = rootOf('antidote near twins');
  const signs = Array.from({ length: directions }, () => rng.bytes(size).map((byte) => byte & 1));
  const norms = new Float64Array(train.n);
  const along = new Float64Array(train.n * directions); // [n, directions]
  for (let row = 0, from = 0; row < train.n; row++, from += size) {
    let squares = 0;
    for (let i = 0; i < size; i++) squares += train.x[from + i]! ** 2;
    norms[row] = Math.sqrt(squares);
    for (let direction = 0; direction < directions; direction++) {
      const own = signs[direction]!;
      let sum = 0;
      for (let i = 0; i < size; i++) sum += own[i] ? train.x[from + i]! : -train.x[from + i]!;
      along[row * directions + direction] = squares === 0 ? 0 : sum / (norms[row]! * Math.sqrt(size));
    }
  }
  return { along, norms };
}

function isNear(along: Float64Array, a: number, b: number): boolean {
  for (let i = a * directions, j = b * directions, end = i + directions; i < end; i++, j++)
    if (Math.abs(along[i]! - along[j]!) > reach) return false;
  return true;
}

function isTwin(train: LabeledSet, norms: Float64Array, a: number, b: number): boolean {
  const size = rowSize(train);
  let product = 0;
  for (let i = 0; i < size; i++) product += train.x[a * size + i]! * train.x[b * size + i]!;
  return 2 - (2 * product) / (norms[a]! * norms[b]!) < twinDistance ** 2;
}
