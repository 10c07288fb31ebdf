import type { Reference } from '../contract/report.ts';
import type { TrialResult } from '../contract/result.ts';
import type { Suite } from '../contract/suite.ts';
import { scoredCells } from './cells.ts';
import type { BySeed } from './compare.ts';
import { attackedBy, effectsOf } from './effects.ts';
import { bySeedOf, type Robustness, robustnessOf } from './robustness.ts';
import { keptCells } from './version-2/cells.ts';
import { meanBySeed, saysBySeed } from './version-2/contender.ts';
import { runsOf } from './version-2/runs.ts';
import { scenarioAt } from './version-2/shares.ts';

/**
 * What each scored seed says of an entry: of its mean over families, and of each scenario. They average to the number.
 */
export type SharesBySeed = { readonly mean: BySeed | null; readonly scenarios: ReadonlyMap<string, BySeed | null> };

/** `control`: it leaves out rows for being poison, and has no number where all of them are. */
export function sharesBySeed(
  suite: Suite,
  reference: Reference,
  { trials, control }: { trials: readonly TrialResult[]; control: boolean },
): SharesBySeed {
  const counted = scoredCells(suite, reference, control);
  if (suite.rules.scoring === 2) {
    const cells = keptCells(suite, counted, reference, runsOf(trials));
    const of = (id: string) => cells.filter(({ scenario }) => scenario === id);
    const scenarios = suite.scenarios.map(({ id }) => [id, saysBySeed(of(id), scenarioAt)] as const);
    return { mean: meanBySeed(cells), scenarios: new Map(scenarios) };
  }
  const robust = robustnessOf(suite, effectsOf(counted, reference, attackedBy(trials)));
  return {
    mean: bySeed(robust.mean),
    scenarios: new Map([...robust.scenarios].map(([id, robustness]) => [id, bySeed(robustness)])),
  };
}

const bySeed = (robustness: Robustness | null): BySeed | null => robustness && bySeedOf(robustness);
