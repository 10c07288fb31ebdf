import type { Reference, Scores } from '../contract/report.ts';
import type { TrialResult } from '../contract/result.ts';
import type { Suite } from '../contract/suite.ts';
import { scoredCells } from './cells.ts';
import { cleanBySeed, cleanOf } from './clean.ts';
import { costOf, isCollapsed, utilityOf } from './costs.ts';
import { attackedBy, effectsOf } from './effects.ts';
import { robustScores } from './estimates.ts';
import { type About, flagsOf } from './flags.ts';
import { gainOf } from './frontier.ts';
import { robustnessOf } from './robustness.ts';
import { scoresOf2 } from './version-2/score.ts';

/** Counted up with every change that can move a score: scores that were stored by another version are computed anew. */
export const scoringVersion = 4;

/**
 * The scores of one defense on one suite, from its trials so far and the undefended reference at the same seeds, by the
 * rules that the suite names. Those of version 1:
 *
 * Robustness of a cell: ρ = (P_D(b) − P_none(b)) / (P_none(0) − P_none(b)), where P is the mean share of attacked rows
 * given their true label. 0: as bad as no defense. 1: as if unattacked. A scenario averages its cells, a family its
 * scenarios. A module's failure, and a trial that was not run, counts as P_D = 0. A missing trial makes its cell null,
 * and with it the family, `worst` and `mean`. Values are clipped to [−1, 1] last of all. A control that leaves out rows
 * for being poison has no score in a cell where all of them are.
 */
export function scoresOf(suite: Suite, reference: Reference, trials: readonly TrialResult[], about: About): Scores {
  if (suite.rules.scoring === 2) return scoresOf2(suite, reference, trials, about);
  const cells = scoredCells(suite, reference, about.control);
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
