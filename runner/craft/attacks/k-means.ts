import type { Draws } from '../../../lib/contract/attack.ts';
import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { rowSize } from '../../datasets/rows.ts';

const iterations = 15;

/**
 * Centers of k clusters of these rows, in pixels, [k][size]: Lloyd's iteration from k distinct rows. A center that
 * nobody is nearest to stays. Sums of doubles in one order: the same on every machine.
 */
export async function clusterCenters(
  set: LabeledSet,
  rows: Int32Array,
  k: number,
  rng: Draws,
): Promise<Float64Array[]> {
  const size = rowSize(set);
  let centers = Array.from(rng.sample(rows.length, k), (place) =>
    Float64Array.from(set.x.subarray(rows[place]! * size, (rows[place]! + 1) * size)),
  );
  for (let iteration = 0; iteration < iterations; iteration++) {
    const nearest = nearestCenters(set, rows, centers);
    const sums = centers.map(() => new Float64Array(size));
    const counts = centers.map(() => 0);
    nearest.forEach((center, i) => {
      const sum = sums[center]!;
      for (let j = 0, at = rows[i]! * size; j < size; j++, at++) sum[j] = sum[j]! + set.x[at]!;
      counts[center]! += 1;
    });
    centers = centers.map((old, center) =>
      counts[center]! > 0 ? sums[center]!.map((total) => total / counts[center]!) : old,
    );
    await new Promise(setImmediate); // lets a signal through
  }
  return centers;
}

/** For each row the center that is nearest in Euclidean distance, of equals the first. */
export function nearestCenters(set: LabeledSet, rows: Int32Array, centers: readonly Float64Array[]): Int32Array {
  const size = rowSize(set);
  const squares = centers.map((center) => center.reduce((sum, value) => sum + value * value, 0));
  return rows.map((row) => {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let c = 0; c < centers.length; c++) {
      const distance = squares[c]! - 2 * product(set.x, row * size, centers[c]!); // less ||x||², which all have
      if (distance < least) [best, least] = [c, distance];
    }
    return best;
  });
}

function product(x: Uint8Array, from: number, center: Float64Array): number {
  let sum = 0;
  for (let i = 0, at = from; i < center.length; i++, at++) sum += x[at]! * center[i]!;
  return sum;
}
