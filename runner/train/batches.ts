import type { Recipe } from '../../lib/contract/defense.ts';
import type { Rng } from '../random/rng.ts';

/**
 * Draws the rows of the next batch: places in 0 … n − 1, distinct, in an order that means nothing. Valid until the next
 * call.
 */
export type Batches = () => Int32Array;

/**
 * Poisson sampling: each row is in the batch with probability min(1, batchSize/n), independently of the others. So
 * sizes vary, and a batch may be empty.
 *
 * Shuffled: each row comes once an epoch. The last n mod batchSize rows of the order are left out. Fewer rows than a
 * batch make one batch.
 */
export const batchesOf = (sampling: Recipe['sampling'], n: number, batchSize: number, rng: Rng): Batches =>
  sampling === 'poisson' ? poissonBatches(n, Math.min(1, batchSize / n), rng) : shuffledBatches(n, batchSize, rng);

/**
 * n independent draws at once: first how many rows, from the binomial law, then which, uniform among sets of that size.
 */
function poissonBatches(n: number, rate: number, rng: Rng): Batches {
  const order = Int32Array.from({ length: n }, (_, row) => row);
  if (n === 0 || rate >= 1) return () => order;
  const { first, shares } = binomial(n, rate);
  return () => {
    const size = first + firstAbove(shares, rng.uniform());
    rng.moveToFront(order, size);
    return order.subarray(0, size);
  };
}

function shuffledBatches(n: number, batchSize: number, rng: Rng): Batches {
  const order = Int32Array.from({ length: n }, (_, row) => row);
  const size = Math.min(n, batchSize);
  let next = n;
  return () => {
    if (next + size > n) {
      rng.shuffle(order);
      next = 0;
    }
    next += size;
    return order.subarray(next - size, next);
  };
}

/**
 * The binomial law's cumulative shares from the count `first` on, within 14 standard deviations and 40 of its mode
 * (what is beyond has less than 2^-53 of it). Built from the mode outward by ratios of neighbors: + − × ÷ only.
 */
export function binomial(n: number, rate: number): { first: number; shares: Float64Array } {
  const mode = Math.min(n, Math.floor((n + 1) * rate));
  const reach = Math.ceil(14 * Math.sqrt(n * rate * (1 - rate))) + 40;
  const first = Math.max(0, mode - reach);
  const last = Math.min(n, mode + reach);
  const odds = rate / (1 - rate);
  const shares = new Float64Array(last - first + 1);
  shares[mode - first] = 1;
  for (let count = mode; count < last; count++)
    shares[count + 1 - first] = shares[count - first]! * ((n - count) / (count + 1)) * odds;
  for (let count = mode; count > first; count--)
    shares[count - 1 - first] = (shares[count - first]! * (count / (n - count + 1))) / odds;
  for (let index = 1; index < shares.length; index++) shares[index]! += shares[index - 1]!;
  const total = shares[shares.length - 1]!;
  return { first, shares: shares.map((share) => share / total) };
}

/** The first index whose value is above the one given. The last value is 1 and the one given is below it. */
function firstAbove(rising: Float64Array, value: number): number {
  let low = 0;
  let high = rising.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
