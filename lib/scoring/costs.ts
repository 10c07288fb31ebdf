import type { Estimate } from '../contract/report.ts';
import type { TrialResult } from '../contract/result.ts';
import type { CleanBySeed } from './clean.ts';
import { estimateOver } from './estimates.ts';
import { mean } from './stats.ts';

/** Clean accuracy without poison minus the undefended model's, paired by seed. */
export function utilityOf(clean: CleanBySeed, undefended: CleanBySeed): Estimate | null {
  const differences = [...clean].flatMap(([seed, accuracy]) =>
    undefended.has(seed) ? [accuracy - undefended.get(seed)!] : [],
  );
  return differences.length > 0 ? estimateOver(differences) : null;
}

/** More than ten points of clean accuracy lost: the row stands after all others. */
export const isCollapsed = (utility: Estimate | null) => utility !== null && utility.value < -0.1;

/**
 * Wall time over the undefended training's on the same runner and engine, averaged over scored trials within each seed.
 */
export function costOf(trials: readonly TrialResult[]): Estimate | null {
  const timed = trials.filter(
    ({ outcome, seconds, undefendedSeconds }) => outcome === 'scored' && seconds !== null && undefendedSeconds !== null,
  );
  const bySeed = [...new Set(timed.map(({ seed }) => seed))].map((seed) =>
    mean(timed.filter((trial) => trial.seed === seed).map((trial) => trial.seconds! / trial.undefendedSeconds!)),
  );
  return bySeed.length > 0 ? estimateOver(bySeed) : null;
}
