import type { Reference, Scores } from '../../contract/report.ts';
import type { TrialResult } from '../../contract/result.ts';
import { type Suite, trialKey } from '../../contract/suite.ts';
import { scoredCells } from '../cells.ts';
import { cleanBySeed, cleanOf, cleanRunsOf } from '../clean.ts';
import { costOf, isCollapsed, utilityOf } from '../costs.ts';
import { type About, flagsOf, saysOneClass } from '../flags.ts';
import { probeFindings } from '../probes.ts';
import { keptCells } from './cells.ts';
import { sharesOf } from './estimates.ts';
import { gainsOf } from './frontier.ts';
import { runsOf } from './runs.ts';

/**
 * The scores of one defense by version 2 of the rules, which suites from smoke-2 and core-2 on name.
 *
 * A run keeps S = min(P, cap) − K: its accuracy on the attacked rows, up to the clean undefended model's, less the
 * collateral in classes that the attack leaves as they are (kept.ts). ρ of a cell is (S̄ − S̄_none) / (cap − S̄_none),
 * clipped to [−1, 1]; a scenario averages its cells, a family its scenarios, and the mean its families. The adaptive
 * family is that of the entry's worst cells, chosen on other seeds than they are scored on. A module's failure counts
 * as a run that calls every row wrong. A missing trial makes its cell null, and with it family, `worst` and `mean`.
 */
export function scoresOf2(suite: Suite, reference: Reference, trials: readonly TrialResult[], about: About): Scores {
  const counted = scoredCells(suite, reference, about.control);
  const runs = runsOf(trials);
  const cells = keptCells(suite, counted, reference, runs);
  const clean = cleanOf(suite, trials);
  const utility = utilityOf(clean, cleanBySeed(suite, reference.clean));
  return {
    ...sharesOf(suite, cells),
    utility,
    ...gainsOf(suite, counted, reference, { clean: cleanRunsOf(trials), runs, cells }),
    cost: costOf(trials),
    flags: flagsOf(
      counted,
      trials,
      isCollapsed(utility),
      about,
      saysOneClassTooOf(reference),
      probeFindings(trials, reference),
    ),
  };
}

/** Whether the undefended model of the same trial gives nearly all rows one class too: then no defense is to blame. */
function saysOneClassTooOf(reference: Reference) {
  const undefended = new Map(reference.cells.map((cell) => [trialKey(cell), cell]));
  return (trial: TrialResult) => saysOneClass(undefended.get(trialKey(trial)) ?? {});
}
