import type { Suite } from '../contract/suite.ts';
import { type PlannedScenario, scenariosOf } from './plans/plan.ts';

/**
 * What every entry of a season runs beside the plan, and no score counts: trials in which an honest defense can't know
 * what is asked. `renamed-classes` is one too, and stands in the plans.
 */
export const probes: readonly PlannedScenario[] = [
  { attack: 'shuffled-labels', family: 'indiscriminate', models: ['lr'], budgets: [1], control: true },
  { attack: 'other-world', family: 'indiscriminate', models: ['lr'], budgets: [1], control: true },
  { attack: 'few-rows', family: 'indiscriminate', models: ['lr'], budgets: [1], control: true },
];

/** Those that are crafted for seasons alone (runner/craft/season/probes). */
export type SeasonProbeId = 'other-world' | 'few-rows';

/** The attacks that are probes. */
export const probeAttacks: readonly string[] = ['renamed-classes', ...probes.map(({ attack }) => attack)];

/** A season's suite: its plan's, with the probes. */
export const withProbes = (suite: Suite, dataset: string): Suite => ({
  ...suite,
  scenarios: [...suite.scenarios, ...scenariosOf({ scenarios: probes }, dataset)],
});
