import { logErfc } from './log-erfc.ts';

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

/**
 * ε at δ of so many steps of the Poisson-subsampled Gaussian mechanism, for adding or removing one row (replacing one
 * is two of those), by Rényi differential privacy, and the order that gave it. An upper bound; float64 rounding and
 * float32 sampling of the noise are not accounted for. `improved`: Balle et al. 2020, https://arxiv.org/abs/1905.09982,
 * theorem 21. `classic`: Mironov 2017, https://arxiv.org/abs/1702.07476, proposition 3.
 */
export function epsilonOf({
  delta,
  conversion = 'improved',
  ...mechanism
}: Mechanism & { delta: number; conversion?: 'improved' | 'classic' }): {
  epsilon: number;
  order: number;
} {
  if (!(delta > 0 && delta < 1)) throw new RangeError(`epsilonOf: delta=${delta}, want between 0 and 1`);
  const best = { epsilon: Infinity, order: orders[0]! };
  for (const order of orders) {
    const spent = renyiDivergence(mechanism, order);
    const classic = spent + Math.log(1 / delta) / (order - 1);
    const epsilon =
      conversion === 'classic' ? classic : classic + Math.log((order - 1) / order) - Math.log(order) / (order - 1);
    if (epsilon < best.epsilon) Object.assign(best, { epsilon: Math.max(0, epsilon), order });
  }
  return best;
}

/** RDP of that order: Mironov, Talwar and Zhang 2019, https://arxiv.org/abs/1908.10530 */
export function renyiDivergence({ samplingRate: q, noiseMultiplier: sigma, steps }: Mechanism, order: number): number {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`renyiDivergence: samplingRate=${q}, want 0 … 1`);
  if (!(sigma >= 0)) throw new RangeError(`renyiDivergence: noiseMultiplier=${sigma}, want at least 0`);
  if (!(steps >= 0 && Number.isInteger(steps)))
    throw new RangeError(`renyiDivergence: steps=${steps}, want a whole number`);
  if (q === 0 || steps === 0) return 0;
  if (sigma < 1e-100) return Infinity; // finite but for 0, and past 10^200
  if (q === 1) return (steps * order) / (2 * sigma * sigma);
  const logMoment = Number.isInteger(order) ? wholeOrder(q, sigma, order) : brokenOrder(q, sigma, order);
  return (steps * logMoment) / (order - 1);
}

type Term = { log: number; sign: number };

/** log Σ_k C(a, k) (1 − q)^(a−k) q^k e^((k² − k)/(2σ²)): section 3.3, exact for whole a. */
function wholeOrder(q: number, sigma: number, order: number): number {
  const terms: Term[] = [];
  let log = order * Math.log1p(-q);
  for (let k = 0; k <= order; k++) {
    terms.push({ log: log + (k * k - k) / (2 * sigma * sigma), sign: 1 });
    log += Math.log((order - k) / (k + 1)) + Math.log(q) - Math.log1p(-q);
  }
  return logSum(terms);
}

/**
 * Two series split at z = σ² log(1/q − 1) + ½: section 3.3 for fractional a. The binomials C(a, i) alternate in sign
 * past i = a; with their absolute values the sum would be an upper bound only.
 */
function brokenOrder(q: number, sigma: number, order: number): number {
  const split = sigma * sigma * Math.log(1 / q - 1) + 0.5;
  const terms: Term[] = [];
  const half = (log: number, k: number, x: number, sign: number) => {
    const term = log + (k * k - k) / (2 * sigma * sigma) + Math.log(0.5) + logErfc(x / (Math.SQRT2 * sigma));
    terms.push({ log: term, sign });
    return term;
  };
  let [binomial, sign, largest] = [0, 1, -Infinity]; // log |C(a, i)|, its sign, the largest term so far
  for (let i = 0; ; i++) {
    const j = order - i;
    const below = half(binomial + i * Math.log(q) + j * Math.log1p(-q), i, i - split, sign);
    const above = half(binomial + j * Math.log(q) + i * Math.log1p(-q), j, split - j, sign);
    largest = Math.max(largest, below, above);
    if (i > order && Math.max(below, above) < largest - 30) return logSum(terms); // they alternate from here on: what follows is less than the last
    binomial += Math.log(Math.abs(order - i) / (i + 1));
    sign *= Math.sign(order - i);
  }
}

function logSum(terms: readonly Term[]): number {
  const top = terms.reduce((most, { log }) => Math.max(most, log), -Infinity);
  return top + Math.log(terms.reduce((sum, { log, sign }) => sum + sign * Math.exp(log - top), 0));
}
