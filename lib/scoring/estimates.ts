import type { Estimate, Scores } from '../contract/report.ts';
import type { Robust, Robustness } from './robustness.ts';
import { bound, mean, reachOfMean } from './stats.ts';

/** Fewer seeds than this have no interval. */
export const seedsForInterval = 5;

/**
 * A value with the interval of a mean of these, one per seed: 97.5 % to each side, or above with another probability.
 */
export function around(value: number, bySeed: readonly number[], upper = 0.975): Estimate {
  const n = bySeed.length;
  if (n < seedsForInterval) return { value, low: null, high: null, n };
  return { value, low: value - reachOfMean(bySeed, 0.975), high: value + reachOfMean(bySeed, upper), n };
}

/** The mean of these, one per seed, with its interval. */
export const estimateOver = (bySeed: readonly number[]): Estimate => around(mean(bySeed), bySeed);

/**
 * What all seeds say, with the jackknife's interval: Student's t over pseudo-values. Quenouille 1956,
 * https://doi.org/10.2307/2332914
 */
export function jackknifed(seeds: readonly number[], statistic: (seeds: readonly number[]) => number): Estimate {
  const [value, n] = [statistic(seeds), seeds.length];
  if (n < seedsForInterval) return around(value, seeds);
  return around(
    value,
    seeds.map((out) => n * value - (n - 1) * statistic(seeds.filter((seed) => seed !== out))),
  );
}

/**
 * By seed, what it says of a statistic: the jackknife's pseudo-values, moved so that they average to the statistic
 * itself. Differences of two entries' are those of the jackknife of the difference.
 */
export function jackknifedBySeed(
  seeds: readonly number[],
  statistic: (seeds: readonly number[]) => number,
): Map<number, number> {
  const whole = statistic(seeds);
  if (seeds.length === 1) return new Map([[seeds[0]!, whole]]);
  const without = seeds.map((_, out) => statistic(seeds.toSpliced(out, 1)));
  const center = mean(without);
  return new Map(seeds.map((seed, at) => [seed, whole + (seeds.length - 1) * (center - without[at]!)]));
}

/** ρ with its interval, unclipped. */
export const estimateOf = (robustness: Robustness | null, upper?: number) =>
  robustness && around(robustness.rho, [...robustness.deviations.values()], upper);

export type RobustScores = Pick<Scores, 'worst' | 'mean' | 'families' | 'scenarios'>;

/** Robustness with its intervals; clipped to [−1, 1] here, last of all. */
export function robustScores(robust: Robust): RobustScores {
  const clipped = (robustness: Robustness | null) => clip(estimateOf(robustness));
  return {
    worst: worstOf(robust),
    mean: clipped(robust.mean),
    families: Object.fromEntries([...robust.families].map(([family, robustness]) => [family, clipped(robustness)])),
    scenarios: Object.fromEntries([...robust.scenarios].map(([id, robustness]) => [id, clipped(robustness)])),
  };
}

/**
 * The family with the least value, and the interval [min L_f, min U_f] over all F families that count. L_f is the lower
 * end at 97.5 %, U_f the upper end at 1 − .025/F, each one-sided. The minimum of noisy families is biased low; the
 * wider upper end makes up for that.
 */
function worstOf({ counted, least }: Robust): Scores['worst'] {
  if (!least) return null;
  const all = counted.map(([, robustness]) => estimateOf(robustness, 1 - 0.025 / counted.length)!);
  const whole = all.every(({ low }) => low !== null);
  const ends = whole
    ? { low: Math.min(...all.map(({ low }) => low!)), high: Math.min(...all.map(({ high }) => high!)) }
    : { low: null, high: null };
  return {
    family: least.family,
    ...clip({ value: least.robustness.rho, ...ends, n: Math.min(...all.map(({ n }) => n)) }),
  };
}

/** To [−1, 1], interval and all. */
export function clip<E extends Estimate | null>(estimate: E): E {
  if (!estimate) return estimate;
  const { value, low, high } = estimate;
  return {
    ...estimate,
    value: bound(value),
    low: low === null ? null : bound(low),
    high: high === null ? null : bound(high),
  };
}
