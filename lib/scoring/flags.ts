import { trialMemoryBytes, trialSeconds } from '../contract/limits.ts';
import type { TrialResult } from '../contract/result.ts';
import { trialKey } from '../contract/suite.ts';
import type { CountedCell } from './cells.ts';
import type { ProbeFinding } from './probes.ts';
import { mean, reachOfMean } from './stats.ts';

/** What is known of a defense beside its results. */
export type About = {
  /** Of the harness's own making, by what it knows of the poison. */
  readonly control: boolean;
  /** By its card: the same seed gives the same weights. */
  readonly deterministic: boolean;
  /** See check.ts. */
  readonly embedsData: boolean;
};

/**
 * What a reader should know before believing a row. `undefendedDoesToo`: whether the undefended model of the same trial
 * gives nearly all rows one class, so that the attack is to blame. `probes`: what the honesty probes found. They say
 * nothing of a control: where a probe calls every row poison, it leaves out every row.
 */
export function flagsOf(
  cells: readonly CountedCell[],
  trials: readonly TrialResult[],
  collapsed: boolean,
  about: About,
  undefendedDoesToo: (trial: TrialResult) => boolean = () => false,
  probes: readonly ProbeFinding[] = [],
): string[] {
  const scored = trials.filter(({ outcome }) => outcome === 'scored');
  const raisedByProbes = new Set(
    about.control ? [] : probes.flatMap(({ flag, mean, limit }) => (mean > limit ? [flag] : [])),
  );
  const raised: [flag: string, is: boolean][] = [
    ['collapsed', collapsed],
    ['one-class', scored.some((trial) => saysOneClass(trial) && !undefendedDoesToo(trial))],
    ['not-run', trials.some(({ outcome }) => outcome === 'not-run')],
    ['failed-trials', trials.some(({ outcome }) => outcome !== 'scored' && outcome !== 'not-run')],
    ['embeds-data', about.embedsData],
    ['seed-ignored', (!about.deterministic && ignoresSeed(scored)) || raisedByProbes.has('seed-ignored')],
    ['learns-from-nothing', raisedByProbes.has('learns-from-nothing')],
    ['lost-in-another-world', raisedByProbes.has('lost-in-another-world')],
    ['limit-nearly-used', scored.some(nearLimit)],
    ['no-better-than-random', !about.control && !beatsRandomFilter(cells, scored)],
  ];
  return raised.flatMap(([flag, is]) => (is ? [flag] : []));
}

/** Of a data set of two classes or more with as many test rows each, no model that tells them apart comes near. */
const oneClassShare = 0.95;
export const saysOneClass = ({ commonestClass }: { readonly commonestClass?: number | null | undefined }) =>
  (commonestClass ?? 0) >= oneClassShare;

/** Over nine tenths of the time or the memory that a trial may take. */
const nearLimit = ({ seconds, undefendedSeconds, peakBytes }: TrialResult) =>
  (seconds !== null && undefendedSeconds !== null && seconds > 0.9 * trialSeconds(undefendedSeconds)) ||
  (peakBytes !== null && peakBytes > 0.9 * trialMemoryBytes);

/**
 * Two seeds or more, and wherever two are scored the numbers are the same to the last digit: other poison, other rows
 * and other draws changed nothing.
 */
function ignoresSeed(scored: readonly TrialResult[]): boolean {
  const byCell = new Map<string, Set<string>>();
  for (const { scenario, budget, cleanAccuracy, robustAccuracy } of scored) {
    const key = trialKey({ scenario, budget, seed: 0 });
    byCell.set(key, (byCell.get(key) ?? new Set()).add(`${cleanAccuracy} ${robustAccuracy}`));
  }
  const seeds = new Set(scored.map(({ seed }) => seed));
  return seeds.size > 1 && scored.length > byCell.size && [...byCell.values()].every((numbers) => numbers.size === 1);
}

/**
 * A random filter that leaves out as many rows has the same share of the poison as of the clean rows. d_s is the share
 * of the poison left out at seed s minus the share of the clean rows left out, averaged over the cells that count. A
 * filter is better where the lower one-sided 95 % end of the mean of d_s over seeds is above 0. True also where nobody
 * can tell: no filter, nothing left out, fewer than two seeds, every row poison.
 */
function beatsRandomFilter(cells: readonly CountedCell[], scored: readonly TrialResult[]): boolean {
  const bySeed = new Map<number, number[]>();
  let anything = false;
  for (const { scenario, budget, seed, filterRecall, filterFalsePositives } of scored) {
    if (
      filterRecall === null ||
      filterFalsePositives === null ||
      !cells.some((cell) => cell.scenario === scenario && cell.budget === budget)
    )
      continue;
    anything ||= filterRecall > 0 || filterFalsePositives > 0;
    bySeed.set(seed, [...(bySeed.get(seed) ?? []), filterRecall - filterFalsePositives]);
  }
  const differences = [...bySeed.values()].map(mean);
  return !anything || differences.length < 2 || mean(differences) - reachOfMean(differences, 0.95) > 0;
}
