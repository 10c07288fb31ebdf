import type { Poison } from '../../lib/contract/attack.ts';
import { type Scenario, type Suite, specOf, type Trial } from '../../lib/contract/suite.ts';
import type { Split } from '../datasets/dataset.ts';
import { HarnessFault } from '../errors.ts';
import { rootOf } from '../random/rng.ts';
import type { CheckedAttack } from './attacks/define-attack.ts';
import { craftedBy } from './attacks/index.ts';
import { rememberLatest } from './attacks/remember.ts';
import { noBounds } from './attacks/room.ts';
import { surrogate } from './attacks/surrogate.ts';
import { candidatesOf } from './candidates.ts';
import { pointsOf } from './points.ts';

/** Finds an attack by its name: in the list, or one of the caller's own. */
export type AttackCalled = (id: string) => CheckedAttack;

/**
 * The poison of one trial: a function of (data, attack, parameters, budget, seed). Budgets of a scenario share their
 * draws, so that a smaller one takes the first rows of a larger one and a curve over budgets is not blurred by other
 * rows.
 */
export function craft(
  suite: Suite,
  trial: Trial,
  { train, test }: Split,
  attackCalled: AttackCalled = craftedBy,
): Promise<Poison> {
  const { attack: scenario } = specOf(suite, trial);
  if (!scenario) throw new RangeError(`craft: ${trial.scenario} has no attack`);
  // One for each data set and seed. Its stream is named after the attack that used it first: published poison descends
  // from it.
  const surrogates = rootOf(`antidote attack\0confidence-flip\0${scenario.dataset}\0${trial.seed}`).fork('surrogate');
  return attackCalled(scenario.attack).poison({
    clean: train,
    test,
    room: noBounds(train),
    budget: trial.budget,
    params: scenario.params,
    rng: rootOf(`antidote attack\0${scenario.attack}\0${scenario.dataset}\0${trial.seed}`),
    candidates: candidatesFor(scenario),
    points: pointsOf(scenario.dataset, trial.budget),
    surrogate: () => fitted(train, surrogates.hex, () => surrogate(train, surrogates)),
  });
}

const fitted = rememberLatest<Float64Array>();

function candidatesFor({ dataset, model, family }: Scenario): Int32Array {
  const candidates = candidatesOf(dataset, model);
  if (!candidates && family === 'targeted') throw new HarnessFault(`No targets are listed for ${model} on ${dataset}.`);
  return candidates ?? new Int32Array();
}
