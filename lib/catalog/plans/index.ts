import type { Suite } from '../../contract/suite.ts';
import { known } from '../known.ts';
import { core } from './core.ts';
import { type Plan, scenariosOf } from './plan.ts';
import { smoke } from './smoke.ts';
import { tuning } from './tuning.ts';
import { vision } from './vision.ts';

/** Every plan that suites and seasons are drawn from. */
export const plans = { smoke, core, tuning, vision } satisfies Record<string, Plan>;

export type PlanId = keyof typeof plans;

/** Throws RangeError with the known names. */
export const planNamed = (id: string): Plan => known('plan', plans, id);

/** What a drawn suite has beside its plan. */
type Words = Pick<Suite, 'id' | 'title' | 'summary' | 'published' | 'after' | 'digest'>;

/** The suite that is a plan's draw on a data set with this seed. It is built and scored by the second rules. */
export function suiteOf(plan: PlanId, dataset: string, seed: string, words: Words): Suite {
  const { ranked, seeds, gateSeeds } = plans[plan];
  return {
    ...words,
    recipe: 'core',
    rules: { hygiene: 2, scoring: 2 },
    draw: { plan, dataset, seed },
    ranked,
    seeds: [...seeds],
    gateSeeds: [...gateSeeds],
    scenarios: scenariosOf(plans[plan], dataset),
  };
}
