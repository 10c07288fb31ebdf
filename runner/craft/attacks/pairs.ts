import type { Draws } from '../../../lib/contract/attack.ts';

/** Orders of the classes that are tried before it is said that no pairs fit. */
const mostTries = 100;

/**
 * So many pairs of classes, no class in two of them: the partner of each class, -1 where it has none. Classes stand in
 * random order; the first without a partner takes the next that fits. Where too few fit, another order is drawn. Throws
 * RangeError where that does not help.
 */
export function drawnPairs(
  classes: number,
  pairs: number,
  rng: Draws,
  fits: (a: number, b: number) => boolean,
): Int32Array {
  for (let tries = 0; tries < mostTries; tries++) {
    const partner = new Int32Array(classes).fill(-1);
    const order = rng.shuffle(Int32Array.from({ length: classes }, (_, c) => c));
    let found = 0;
    for (const [place, a] of order.entries()) {
      if (found === pairs) return partner;
      if (partner[a] !== -1) continue;
      const b = order.subarray(place + 1).find((other) => partner[other] === -1 && fits(a, other));
      if (b === undefined) continue;
      partner[a] = b;
      partner[b] = a;
      found++;
    }
    if (found === pairs) return partner;
  }
  throw new RangeError(`no ${pairs} pairs of ${classes} classes fit`);
}
