import { erfc } from './erfc.ts';
import { logMoment } from './log-moment.ts';

export type Mechanism = {
  /** q: the chance of each row to be in a batch, independently. */
  readonly samplingRate: number;
  /** σ: the noise's standard deviation over the sum's sensitivity C. */
  readonly noiseMultiplier: number;
  readonly steps: number;
};

/** 1.1 … 10.9 by .1, and 12 … 63. */
export const orders: readonly number[] = [
  ...Array.from({ length: 99 }, (_, index) => (11 + index) / 10),
  ...Array.from({ length: 52 }, (_, index) => 12 + index),
];

/** Tried in turn where 63 is the best of them, or 1.1, for as long as ε falls. */
const above = Array.from({ length: 73 }, (_, index) => Math.round(64 * 1.1 ** index));
const below = Array.from({ length: 64 }, (_, index) => 1 + 0.1 * 0.8 ** (index + 1));

/** No order beyond these is tried: where one of them is the best, another might give less. */
export const isLastOrder = (order: number) => order === above.at(-1) || order === below.at(-1);

type Conversion = 'improved' | 'classic';
export type Spent = { epsilon: number; order: number };

/**
 * ε at δ of so many steps of the Poisson-subsampled Gaussian mechanism, for adding or removing one row, by Rényi
 * differential privacy; and the order that gave it. Replacing one row is two of those. The result is an upper bound. It
 * does not account for float64 rounding, nor for the float32 sampling of the noise.
 *
 * `improved`: Balle et al. 2020, https://arxiv.org/abs/1905.09982, theorem 21, and 0 where δ alone covers all that the
 * steps reveal. `classic`: Mironov 2017, https://arxiv.org/abs/1702.07476, proposition 3: the loss of all steps is
 * above it with a chance of at most δ.
 */
export function epsilonOf(run: Mechanism & { delta: number; conversion?: Conversion }): Spent {
  const { delta, conversion = 'improved', ...mechanism } = run;
  if (!(delta > 0 && delta < 1)) throw new RangeError(`epsilonOf: delta=${delta}, want between 0 and 1`);
  check(mechanism);
  if (conversion === 'improved' && totalVariation(mechanism) <= delta) return { epsilon: 0, order: orders[0]! };
  const at = (order: number) => ({
    order,
    epsilon: convert(renyiDivergence(mechanism, order), order, delta, conversion),
  });
  const best = orders.map(at).reduce(smaller);
  const beyond = { [orders.at(-1)!]: above, [orders[0]!]: below }[best.order] ?? [];
  let last = best;
  for (const order of beyond) {
    if (last.epsilon === 0) break;
    const next = at(order);
    if (!(next.epsilon < last.epsilon)) break;
    last = next;
  }
  return last;
}

const smaller = (one: Spent, other: Spent) => (other.epsilon < one.epsilon ? other : one);

function convert(spent: number, order: number, delta: number, conversion: Conversion): number {
  const classic = spent - Math.log(delta) / (order - 1);
  if (conversion === 'classic') return classic;
  // The distance in total variation is at most √(1 − e^−KL), and KL at most the divergence of any order above 1:
  // Bretagnolle and Huber 1979, https://doi.org/10.1007/BF00535288
  if (-Math.expm1(-spent) <= delta * delta) return 0;
  return Math.max(0, classic + Math.log((order - 1) / order) - Math.log(order) / (order - 1));
}

/**
 * A bound on the δ at ε = 0: the chance that the outputs with and without the row, drawn as close as can be, differ.
 */
function totalVariation({ samplingRate, noiseMultiplier, steps }: Mechanism): number {
  const ofOne = samplingRate * (1 - erfc(1 / (2 * Math.SQRT2 * noiseMultiplier)));
  return steps === 0 ? 0 : -Math.expm1(steps * Math.log1p(-ofOne));
}

function check({ samplingRate: q, noiseMultiplier: sigma, steps }: Mechanism): void {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`samplingRate=${q}, want 0 … 1`);
  if (!(sigma >= 0)) throw new RangeError(`noiseMultiplier=${sigma}, want at least 0`);
  if (!(steps >= 0 && Number.isInteger(steps))) throw new RangeError(`steps=${steps}, want a whole number`);
}

/** RDP of that order: Mironov, Talwar and Zhang 2019, https://arxiv.org/abs/1908.10530 */
export function renyiDivergence(mechanism: Mechanism, order: number): number {
  check(mechanism);
  const { samplingRate: q, noiseMultiplier: sigma, steps } = mechanism;
  if (q === 0 || steps === 0) return 0;
  if (sigma < 1e-100) return Infinity; // finite but for 0, and past 10^200
  if (q === 1) return (steps * order) / (2 * sigma * sigma);
  return (steps * logMoment(q, sigma, order)) / (order - 1);
}
