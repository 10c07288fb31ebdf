import type { Scenario, Suite } from '../../contract/suite.ts';
import type { AttackId } from '../attacks/index.ts';
import type { ModelId } from '../models/index.ts';

/** A scenario before it has a data set: one for each of its models. */
export type PlannedScenario = Pick<Scenario, 'family' | 'budgets'> & {
  readonly attack: AttackId;
  readonly models: readonly ModelId[];
  readonly params?: Scenario['params'];
  readonly control?: true;
  /** Ends the ids of an attack that a plan names twice for a model. */
  readonly suffix?: string;
};

/**
 * What a suite is before it has data and a seed. Any data set of ten or more classes will do: see
 * runner/craft/README.md for what is drawn.
 */
export type Plan = {
  readonly ranked: boolean;
  readonly seeds: readonly number[];
  readonly gateSeeds: readonly number[];
  readonly scenarios: readonly PlannedScenario[];
};

/** Every drawn set has ten classes: runner/craft/drawn-rows.ts takes so many of its data set. */
export const drawnClasses = 10;

/** The scenarios of a plan on a data set. An id is the attack's and the model's, with the suffix where there is one. */
export const scenariosOf = ({ scenarios }: Pick<Plan, 'scenarios'>, dataset: string): Suite['scenarios'] =>
  scenarios.flatMap(({ models, suffix, control = false, params = {}, ...words }) =>
    models.map((model) => ({
      ...words,
      id: [words.attack, model, ...(suffix ? [suffix] : [])].join('-'),
      dataset,
      model,
      params,
      control,
    })),
  );
