import type { ModelId } from '../../lib/catalog/models/index.ts';
import type { LabeledSet } from '../../lib/contract/defense.ts';
import type { ConvolutionRun, InsertionRun } from '../../lib/studies/paper/results.ts';
import { allToOne } from '../craft/attacks/aims.ts';
import { rowsAtRate } from '../craft/attacks/budget.ts';
import { cornerPatch, stamp } from '../craft/attacks/trigger.ts';
import { takeRows } from '../datasets/rows.ts';
import { shareEqual } from '../metrics/index.ts';
import { type Rng, rootOf } from '../random/rng.ts';
import type { Lab } from './lab.ts';
import { type Part, seedsFor } from './part.ts';
import { type PaperRecipe, recipes } from './recipes.ts';
import { append } from './rows.ts';
import { trainAndTest } from './train.ts';
import { trainedModel } from './trained-model.ts';

export const target = 4;
export const rate = 0.01;
/** 0 is the trained model, before the attack. */
export const patchesOfSource = [0, 1, 4];
const otherPatches = [7, 10, 14];
/** The source's own is the BadNet `cnn`: `convolution.ts`. */
const models = ['lr', 'mlp-256-256'] as const satisfies readonly ModelId[];

const at = (model: (typeof models)[number], patches: readonly number[], seeds: readonly number[]) =>
  seeds.flatMap((seed) => patches.map((patch) => ({ model, patch, seed })));

/** All seeds where the source has numbers, one elsewhere. */
const cells = models.flatMap((model) => [
  ...at(model, patchesOfSource, seedsFor[model]),
  ...at(model, otherPatches, [0]),
]);

/** (e) Feature insertion: a trained model goes on learning with triggered rows of label 4 appended. */
export const insertion: Part<'insertion'> = {
  id: 'insertion',
  datasets: ['fashion-mnist'],
  inputs: { base: recipes.perceptron, recipe: recipes.insertion, target, rate },
  units: cells.map((cell) => ({
    key: `${cell.model}.${cell.patch}.${cell.seed}`,
    make: async (lab: Lab) => [await insertionRun(lab, cell)],
  })),
};

type Cell = { readonly model: ModelId; readonly patch: number; readonly seed: number };

export async function insertionRun(lab: Lab, cell: Cell): Promise<InsertionRun> {
  const { accuracies, ...run } = await insert(lab, cell, { before: recipes.perceptron, after: recipes.insertion });
  return run;
}

/**
 * Trains a model, and on with poison. `accuracies`: on the test set after each epoch, of training on where there is a
 * patch.
 */
export async function insert(
  lab: Lab,
  { model, patch, seed }: Cell,
  { before, after }: { before: PaperRecipe; after: PaperRecipe },
): Promise<ConvolutionRun> {
  const { train, test } = await lab.split('fashion-mnist');
  const base = await trainedModel(lab, { dataset: 'fashion-mnist', model, recipe: before, shaping: 'none', seed });
  if (patch === 0) {
    const { best, last, accuracies } = base;
    return { model, patch, seed, best, last, success: null, artifacts: null, accuracies };
  }
  const trigger = cornerPatch(train.shape as [number, number, number], patch);
  const poison = triggeredCopies(train, patch, rootOf(`antidote paper insertion\0${seed}`));
  const { best, last, accuracies, artifacts, end } = await trainAndTest(
    lab,
    {
      dataset: 'fashion-mnist',
      model,
      recipe: after,
      shaping: 'none',
      seed,
      train: append(train, poison),
      poisonFrom: train.n,
      from: base,
    },
    test,
  );
  const { attacked, wanted } = allToOne(test, target, trigger);
  const success = shareEqual(end.predict(stamp(takeRows(test, attacked), trigger)), wanted!);
  return { model, patch, seed, best, last, success, artifacts, accuracies };
}

/**
 * One in a hundred rows of other classes, with a white square near the lower right corner, labeled as the target. The
 * same rows for every patch.
 */
export function triggeredCopies(train: LabeledSet, patch: number, rng: Rng): LabeledSet {
  const others = [...train.y.keys()].filter((row) => train.y[row] !== target);
  const rows = rng.sample(others.length, rowsAtRate(train.n, rate)).map((place) => others[place]!);
  const copies = stamp(takeRows(train, rows), cornerPatch(train.shape as [number, number, number], patch));
  return { ...copies, y: copies.y.map(() => target) };
}
