import { type Scenario, type Suite, specOf, type Trial } from '../../lib/benchmark/suite.ts';
import type { Poison } from '../attacks/attack.ts';
import { attacks } from '../attacks/index.ts';
import { surrogate } from '../attacks/surrogate.ts';
import type { Split } from '../datasets/dataset.ts';
import { HarnessFault } from '../errors.ts';
import { rootOf } from '../rng.ts';
import { candidatesOf } from './candidates.ts';

/**
 * The poison of one trial: a function of (data, attack, parameters, budget, seed). Budgets of a scenario share their draws, so that a
 * smaller one takes the first rows of a larger one and a curve over budgets is not blurred by other rows.
 */
export function craft(suite: Suite, trial: Trial, { train, test }: Split): Promise<Poison> {
  const { attack: scenario } = specOf(suite, trial);
  if (!scenario) throw new RangeError(`craft: ${trial.scenario} has no attack`);
  return attacks[scenario.attack].poison({
    clean: train,
    test,
    budget: trial.budget,
    params: scenario.params,
    rng: rootOf(`antidote attack\0${scenario.attack}\0${scenario.dataset}\0${trial.seed}`),
    candidates: candidatesFor(scenario),
    surrogate: (rng) => surrogate(train, rng),
  });
}

function candidatesFor({ dataset, model, family }: Scenario): Int32Array {
  const candidates = candidatesOf(dataset, model);
  if (!candidates && family === 'targeted') throw new HarnessFault(`No targets are listed for ${model} on ${dataset}.`);
  return candidates ?? new Int32Array();
}
