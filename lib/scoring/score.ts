import type { Estimate, Reference, Scores } from '../contract/report.ts';
import type { TrialResult } from '../contract/result.ts';
import type { Suite } from '../contract/suite.ts';
import { countedCells, leavesRows } from './cells.ts';
import { type CleanBySeed, cleanBySeed, cleanOf } from './clean.ts';
import { attackedBy, effectsOf } from './effects.ts';
import { estimateOver, robustScores } from './estimates.ts';
import { type About, flagsOf } from './flags.ts';
import { gainOf } from './frontier.ts';
import { robustnessOf } from './robustness.ts';
import { mean } from './stats.ts';

/** Counted up with every change that can move a score: scores that were stored by another version are computed anew. */
export const scoringVersion = 1;

/**
 * The scores of one defense on one suite, from its trials so far and the undefended reference at the same seeds.
 *
 * Robustness of a cell: ρ = (P_D(b) − P_none(b)) / (P_none(0) − P_none(b)), where P is the mean share of attacked rows
 * given their true label. 0: as bad as no defense. 1: as if unattacked. A scenario averages its cells, a family its
 * scenarios. A module's failure, and a trial that was not run, counts as P_D = 0. A missing trial makes its cell null,
 * and with it the family, `worst` and `mean`. Values are clipped to [−1, 1] last of all. A control that leaves out rows
 * for being poison has no score in a cell where all of them are.
 */
export function scoresOf(suite: Suite, reference: Reference, trials: readonly TrialResult[], about: About): Scores {
  const counted = countedCells(suite, reference);
  const cells = about.control ? counted.filter((cell) => leavesRows(suite, cell)) : counted;
  const effects = effectsOf(cells, reference, attackedBy(trials));
  const robust = robustnessOf(suite, effects);
  const clean = cleanOf(suite, trials);
  const utility = utilityOf(clean, cleanBySeed(suite, reference.clean));
  return {
    ...robustScores(robust),
    utility,
    gain: gainOf(suite, cells, reference, { clean, effects }),
    cost: costOf(trials),
    flags: flagsOf(cells, trials, isCollapsed(utility), about),
  };
}

/** Clean accuracy without poison minus the undefended model's, paired by seed. */
function utilityOf(clean: CleanBySeed, undefended: CleanBySeed): Estimate | null {
  const differences = [...clean].flatMap(([seed, accuracy]) =>
    undefended.has(seed) ? [accuracy - undefended.get(seed)!] : [],
  );
  return differences.length > 0 ? estimateOver(differences) : null;
}

/** More than ten points of clean accuracy lost: the row stands after all others. */
const isCollapsed = (utility: Estimate | null) => utility !== null && utility.value < -0.1;

/**
 * Wall time over the undefended training's on the same runner and engine, averaged over scored trials within each seed.
 */
function costOf(trials: readonly TrialResult[]): Estimate | null {
  const timed = trials.filter(
    ({ outcome, seconds, undefendedSeconds }) => outcome === 'scored' && seconds !== null && undefendedSeconds !== null,
  );
  const bySeed = [...new Set(timed.map(({ seed }) => seed))].map((seed) =>
    mean(timed.filter((trial) => trial.seed === seed).map((trial) => trial.seconds! / trial.undefendedSeconds!)),
  );
  return bySeed.length > 0 ? estimateOver(bySeed) : null;
}
