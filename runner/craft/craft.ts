import { attackOf } from '../../lib/catalog/attacks/index.ts';
import type { Poison } from '../../lib/contract/attack.ts';
import type { LabeledSet } from '../../lib/contract/defense.ts';
import { type Scenario, type Suite, specOf, type Trial } from '../../lib/contract/suite.ts';
import type { Split } from '../datasets/dataset.ts';
import { HarnessFault } from '../errors.ts';
import { type Rng, rootOf } from '../random/rng.ts';
import type { CheckedAttack } from './attacks/define-attack.ts';
import { craftedBy } from './attacks/index.ts';
import { rememberLatest } from './attacks/remember.ts';
import { noBounds } from './attacks/room.ts';
import { fitSurrogate, probabilitiesOf, type Surrogate } from './attacks/surrogate.ts';
import { givenOf } from './base.ts';
import { candidatesOf } from './candidates.ts';
import { roomIn } from './drawn-rows.ts';
import { pointsOf } from './points.ts';
import { type Setting, seedRoot, settingOf } from './setting.ts';

/** Finds an attack by its name: in the list, or one of the caller's own. */
export type AttackCalled = (id: string) => CheckedAttack;

/**
 * The poison of one trial: a function of (data, attack, parameters, budget, seed, draw). Budgets of a scenario share
 * their draws, so that a smaller one takes the first rows of a larger one and a curve over budgets is not blurred by
 * other rows. By the second hygiene its rows are those of the seed's base.
 */
export async function craft(
  suite: Suite,
  trial: Trial,
  split: Split,
  attackCalled: AttackCalled = craftedBy,
): Promise<Poison> {
  const { attack: scenario } = specOf(suite, trial);
  if (!scenario) throw new RangeError(`craft: ${trial.scenario} has no attack`);
  const setting = settingOf(suite, { dataset: scenario.dataset, seed: trial.seed });
  const { train, test, drawn } = givenOf(split, setting);
  const draws = drawsOf(setting, scenario);
  const fitted = () => fittedTo(train, draws.surrogate.hex, () => fitSurrogate(train, draws.surrogate));
  return attackCalled(scenario.attack).poison({
    clean: train,
    test,
    room: drawn ? roomIn(drawn.rows) : noBounds(train),
    budget: trial.budget,
    params: scenario.params,
    rng: draws.attack,
    candidates: await candidatesFor(suite, scenario, async () => rightRows(test, await fitted())),
    points: setting.draw ? [] : pointsOf(scenario.dataset, trial.budget),
    surrogate: () => knownOf(train, draws.surrogate.hex, async () => probabilitiesOf(train, await fitted())),
  });
}

const fittedTo = rememberLatest<Surrogate>();
const knownOf = rememberLatest<Float64Array>();

/**
 * Models share an attack's draws; where a plan names an attack twice, its suffix tells them apart. One surrogate serves
 * a data set and seed; by the first hygiene its stream is named after the attack that used it first, from which
 * published poison descends.
 */
function drawsOf(
  { dataset, seed, draw }: Setting,
  { id, attack, model }: Scenario,
): Record<'attack' | 'surrogate', Rng> {
  if (draw) {
    const root = seedRoot(draw, seed);
    return { attack: root.fork(`attack ${id.replace(`-${model}`, '')}`), surrogate: root.fork('surrogate') };
  }
  return {
    attack: rootOf(`antidote attack\0${attack}\0${dataset}\0${seed}`),
    surrogate: rootOf(`antidote attack\0confidence-flip\0${dataset}\0${seed}`).fork('surrogate'),
  };
}

/** Under the first hygiene they are listed for a data set and model; a drawn suite asks the attacker's own model. */
async function candidatesFor(
  suite: Suite,
  { dataset, model, attack, family }: Scenario,
  right: () => Promise<Int32Array>,
): Promise<Int32Array> {
  if (suite.draw) return attackOf(suite, attack).aim === 'targets' ? right() : new Int32Array();
  const candidates = candidatesOf(dataset, model);
  if (!candidates && family === 'targeted') throw new HarnessFault(`No targets are listed for ${model} on ${dataset}.`);
  return candidates ?? new Int32Array();
}

/** Test rows that the surrogate gives their label, ascending. */
function rightRows(test: LabeledSet, surrogate: Surrogate): Int32Array {
  const { classes, y } = test;
  const given = probabilitiesOf(test, surrogate);
  return Int32Array.from(y.keys()).filter((row) => {
    const own = given.subarray(row * classes, (row + 1) * classes);
    return own.every((value, label) => label === y[row] || value < own[y[row]!]!);
  });
}
