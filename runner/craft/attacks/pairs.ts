import type { Draws } from '../../../lib/contract/attack.ts';

/** Two classes, the one that was drawn first in front. */
export type Pair = readonly [a: number, b: number];

/** Orders of the classes that are tried before it is said that no pairs fit. */
const mostTries = 100;

/**
 * So many pairs of classes, no class in two of them. Classes stand in random order; the first without a partner takes
 * the next that fits. Where too few fit, another order is drawn. Throws RangeError where that does not help.
 */
export function drawnPairs(
  classes: number,
  wanted: number,
  rng: Draws,
  fits: (a: number, b: number) => boolean,
): Pair[] {
  for (let tries = 0; tries < mostTries; tries++) {
    const left = [...rng.shuffle(Int32Array.from({ length: classes }, (_, c) => c))];
    const pairs: Pair[] = [];
    while (left.length > 0 && pairs.length < wanted) {
      const a = left.shift()!;
      const b = left.find((other) => fits(a, other));
      if (b === undefined) continue;
      left.splice(left.indexOf(b), 1);
      pairs.push([a, b]);
    }
    if (pairs.length === wanted) return pairs;
  }
  throw new RangeError(`no ${wanted} pairs of ${classes} classes fit`);
}

/** The partner of each class, -1 where it has none. */
export function partnersOf(pairs: readonly Pair[], classes: number): Int32Array {
  const partner = new Int32Array(classes).fill(-1);
  for (const [a, b] of pairs) [partner[a], partner[b]] = [b, a];
  return partner;
}
