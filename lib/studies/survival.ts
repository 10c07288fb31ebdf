import { normalQuantile } from '../scoring/stats.ts';

/** How many poisons a target took; censored: it took more than that many, how many more is not known. */
export type Lifetime = { readonly time: number; readonly censored: boolean };

/** S(t) from `time` on, and Σ d/(n(n − d)) up to it, Greenwood's sum. */
type Step = { readonly time: number; readonly survival: number; readonly greenwood: number };

/** The product-limit estimate: Kaplan and Meier 1958, https://doi.org/10.1080/01621459.1958.10501452 */
export function kaplanMeier(lifetimes: readonly Lifetime[]): Step[] {
  const times = [...new Set(lifetimes.filter(({ censored }) => !censored).map(({ time }) => time))].sort(
    (a, b) => a - b,
  );
  let [survival, greenwood] = [1, 0];
  return times.map((time) => {
    const atRisk = lifetimes.filter((one) => one.time >= time).length;
    const deaths = lifetimes.filter((one) => one.time === time && !one.censored).length;
    survival *= 1 - deaths / atRisk;
    greenwood += deaths / (atRisk * (atRisk - deaths));
    return { time, survival, greenwood };
  });
}

/**
 * The first time by which at least half are gone, and its 95 % interval: the times where ½ lies within the log-log
 * interval of S (Brookmeyer and Crowley 1982, https://doi.org/10.2307/2530286). Null where it lies beyond what was
 * watched.
 */
export function medianLifetime(lifetimes: readonly Lifetime[]): {
  value: number | null;
  low: number | null;
  high: number | null;
} {
  const steps = kaplanMeier(lifetimes);
  const first = (holds: (step: Step) => boolean) => steps.find(holds)?.time ?? null;
  const bound = ({ survival, greenwood }: Step, sign: 1 | -1) => {
    if (survival <= 0) return 0;
    const logs = Math.log(survival);
    return survival ** Math.exp((sign * normalQuantile * Math.sqrt(greenwood)) / logs);
  };
  return {
    value: first(({ survival }) => survival <= 0.5),
    low: first((step) => bound(step, -1) <= 0.5),
    high: first((step) => bound(step, 1) <= 0.5),
  };
}

/** E[min(T, horizon)]: the area under S from 0 to the horizon. */
export function restrictedMean(lifetimes: readonly Lifetime[], horizon: number): number {
  let [area, from, survival] = [0, 0, 1];
  for (const step of kaplanMeier(lifetimes)) {
    if (step.time >= horizon) break;
    area += survival * (step.time - from);
    from = step.time;
    survival = step.survival;
  }
  return area + survival * (horizon - from);
}
