import { erfc } from './erfc.ts';

/** The privacy loss of one step as a random variable on the line. */
export type PrivacyLoss = {
  /** P(loss ≤ t). */
  below(t: number): number;
  /** P(loss > t): 1 − below(t), with all its digits where that is small. */
  above(t: number): number;
  /** E loss, of those between −reach and reach. */
  meanWithin(reach: number): number;
};

/**
 * One step of the Poisson-subsampled Gaussian. With the row, its output is drawn from P = (1 − q) N(0, σ²) + q N(1,
 * σ²). Without the row, it is drawn from Q = N(0, σ²). The loss at output x is y(x) = log(P/Q) = log(1 − q + q e^((2x −
 * 1)/(2σ²))). `removed` is y under P, and `added` is −y under Q. Which of the two is worse depends on q, σ and ε: no
 * proof that holds under composition decides it, so both are computed. Zhu, Dong and Wang 2022,
 * https://arxiv.org/abs/2106.08567
 */
export function privacyLosses({
  samplingRate: q,
  noiseMultiplier: sigma,
}: {
  samplingRate: number;
  noiseMultiplier: number;
}): Record<'removed' | 'added', PrivacyLoss> {
  /** P(output ≤ x) under N(mean, σ²). */
  const upTo = (x: number, mean: number) => 0.5 * erfc((mean - x) / (Math.SQRT2 * sigma));
  const beyond = (x: number, mean: number) => upTo(2 * mean - x, mean);
  const loss = (x: number) => logMixed(q, (2 * x - 1) / (2 * sigma * sigma));
  /** The output whose loss is t; −∞ where no output loses as little. */
  const outputOf = (t: number) => sigma * sigma * logUnmixed(q, t) + 0.5;
  const sumWithin = (reach: number, mean: number) =>
    expectation((z) => {
      const lost = loss(mean + sigma * z);
      return Math.abs(lost) <= reach ? lost : 0;
    });
  const removed = {
    below: (t: number) => (1 - q) * upTo(outputOf(t), 0) + q * upTo(outputOf(t), 1),
    above: (t: number) => (1 - q) * beyond(outputOf(t), 0) + q * beyond(outputOf(t), 1),
    sumWithin: (reach: number) => (1 - q) * sumWithin(reach, 0) + q * sumWithin(reach, 1),
  };
  const added = {
    below: (t: number) => beyond(outputOf(-t), 0),
    above: (t: number) => upTo(outputOf(-t), 0),
    sumWithin: (reach: number) => -sumWithin(reach, 0),
  };
  const whole = ({ below, above, sumWithin: sum }: typeof removed): PrivacyLoss => ({
    below,
    above,
    meanWithin: (reach) => sum(reach) / (1 - below(-reach) - above(reach)),
  });
  return { removed: whole(removed), added: whole(added) };
}

/** log(1 − q + q e^u), whatever the size of u. */
export function logMixed(q: number, u: number): number {
  if (q === 1) return u;
  return u < 700 ? Math.log1p(q * Math.expm1(u)) : u + Math.log(q);
}

/** The u with log(1 − q + q e^u) = t; −∞ for t ≤ log(1 − q). */
function logUnmixed(q: number, t: number): number {
  if (q === 1) return t;
  if (t > 0) return t + Math.log((q * Math.exp(-t) - Math.expm1(-t)) / q);
  return Math.log(Math.max(0, Math.expm1(t) + q) / q);
}

/**
 * E f(z) for a standard normal z, by the trapezoidal rule. The rule is exact to rounding if f is smooth at the scale of
 * a 400th of a deviation.
 */
function expectation(f: (z: number) => number): number {
  const [reach, perUnit] = [14, 400];
  let sum = 0;
  for (let i = -reach * perUnit; i <= reach * perUnit; i++)
    sum += f(i / perUnit) * Math.exp((-0.5 * i * i) / (perUnit * perUnit));
  return sum / (perUnit * Math.sqrt(2 * Math.PI));
}
