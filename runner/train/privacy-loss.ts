import type { Mechanism } from './accountant.ts';
import { erfc } from './log-erfc.ts';

/** The privacy loss of one step as a random variable on the line. */
export type PrivacyLoss = {
  /** P(loss ≤ t). */
  below(t: number): number;
  readonly mean: number;
};

/**
 * One step of the Poisson-subsampled Gaussian: with the row its output is drawn from P = (1 − q) N(0, σ²) + q N(1, σ²),
 * without it from Q = N(0, σ²), and the loss is y(x) = log(P/Q) = log(1 − q + q e^((2x − 1)/(2σ²))). `removed`: y under
 * P; `added`: −y under Q. Neither direction is the worse one for every q, σ and ε by any proof that holds under
 * composition, so both are needed. Zhu, Dong and Wang 2022, https://arxiv.org/abs/2106.08567
 */
export function privacyLosses({
  samplingRate: q,
  noiseMultiplier: sigma,
}: Omit<Mechanism, 'steps'>): Record<'removed' | 'added', PrivacyLoss> {
  const normal = (x: number, mean: number) => 0.5 * erfc((mean - x) / (Math.SQRT2 * sigma));
  const underP = (x: number) => (1 - q) * normal(x, 0) + q * normal(x, 1);
  const loss = (x: number) => logMixed(q, (2 * x - 1) / (2 * sigma * sigma));
  /** The output whose loss is t; −∞ where no output loses as little. */
  const outputOf = (t: number) => sigma * sigma * logUnmixed(q, t) + 0.5;
  const [atZero, atOne] = [expectation((z) => loss(sigma * z)), expectation((z) => loss(1 + sigma * z))];
  return {
    removed: { below: (t) => underP(outputOf(t)), mean: (1 - q) * atZero + q * atOne },
    added: { below: (t) => normal(-outputOf(-t), 0), mean: -atZero },
  };
}

/** log(1 − q + q e^u), whatever the size of u. */
function logMixed(q: number, u: number): number {
  if (q === 1) return u;
  return u > 0 ? u + Math.log(q + (1 - q) * Math.exp(-u)) : Math.log1p(q * Math.expm1(u));
}

/** The u with log(1 − q + q e^u) = t; −∞ for t ≤ log(1 − q). */
function logUnmixed(q: number, t: number): number {
  if (q === 1) return t;
  if (t > 0) return t + Math.log((q * Math.exp(-t) - Math.expm1(-t)) / q);
  return Math.log(Math.max(0, Math.expm1(t) + q) / q);
}

/**
 * E f(z) for a standard normal z by the trapezoidal rule, which is exact to rounding for what is smooth at a 400th of a
 * deviation.
 */
function expectation(f: (z: number) => number): number {
  const [reach, perUnit] = [14, 400];
  let sum = 0;
  for (let i = -reach * perUnit; i <= reach * perUnit; i++)
    sum += f(i / perUnit) * Math.exp((-0.5 * i * i) / (perUnit * perUnit));
  return sum / (perUnit * Math.sqrt(2 * Math.PI));
}
