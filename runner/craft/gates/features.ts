import type { LabeledSet } from '../../../lib/contract/defense.ts';
import type { LeakTest } from '../../../lib/contract/gates.ts';
import { rowSize } from '../../datasets/rows.ts';

/**
 * A number for each training row, in the order that a defense is given, which says nothing of what the picture shows.
 */
export const features: Record<LeakTest['feature'], (train: LabeledSet) => Float64Array> = {
  /** Index and position are one: where in the file the row lies. */
  place: ({ n }) => Float64Array.from({ length: n }, (_, place) => place), // [n]
  duplicates,
  residue,
};

/** How many other rows have the very same pixels. */
function duplicates(train: LabeledSet): Float64Array {
  const size = rowSize(train);
  const alike = new Map<number, number[]>();
  const copies = new Float64Array(train.n);
  for (let row = 0; row < train.n; row++) {
    const hash = hashOf(train.x, row * size, size);
    const others = alike.get(hash);
    if (!others) alike.set(hash, [row]);
    else {
      for (const other of others)
        if (same(train.x, row * size, other * size, size)) {
          copies[row]!++;
          copies[other]!++;
        }
      others.push(row);
    }
  }
  return copies; // [n]
}

/** FNV-1a of the values: Fowler, Noll and Vo, https://datatracker.ietf.org/doc/html/rfc9923 */
function hashOf(x: ArrayLike<number>, start: number, size: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < start + size; at++) hash = Math.imul(hash ^ x[at]!, 0x01000193);
  return hash;
}

function same(x: ArrayLike<number>, one: number, other: number, size: number): boolean {
  for (let at = 0; at < size; at++) if (x[one + at] !== x[other + at]) return false;
  return true;
}

/** What is left of the row's pixels beside whole numbers, in all; a uint8 array can have none. */
function residue(train: LabeledSet): Float64Array {
  const rest = new Float64Array(train.n);
  if (train.x instanceof Uint8Array) return rest;
  const values: ArrayLike<number> = train.x;
  const size = rowSize(train);
  for (let at = 0; at < values.length; at++)
    rest[Math.floor(at / size)]! += Math.abs(values[at]! - Math.round(values[at]!));
  return rest; // [n]
}
