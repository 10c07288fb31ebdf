import type { CollisionRun } from '../../lib/studies/paper/results.ts';
import { featureCollision } from './attacks/feature-collision.ts';
import type { Lab } from './lab.ts';
import { type Part, seedsFor } from './part.ts';
import { type PaperRecipe, recipes } from './recipes.ts';
import { append } from './rows.ts';
import { trainAndTest } from './train.ts';
import { trainedModel } from './trained-model.ts';

type Setting = Pick<CollisionRun, 'dataset' | 'model' | 'start'>;
type Cell = Setting & Pick<CollisionRun, 'pairs' | 'alpha'>;

const binary: Setting = { dataset: 'fashion-mnist-3-4', model: 'lr', start: 'scratch' };
const scratch: Setting = { dataset: 'fashion-mnist', model: 'mlp-256-256', start: 'scratch' };
const trained: Setting = { ...scratch, start: 'trained' };

const seeds: readonly number[] = seedsFor.lr;
const at = (setting: Setting, pairs: number, alphas: readonly number[], of: readonly number[]) =>
  alphas.flatMap((alpha) => of.map((seed) => ({ ...setting, pairs, alpha, seed })));

/** Five seeds where the source has numbers, one elsewhere. */
const cells: (Cell & { seed: number })[] = [
  ...at(binary, 100, [0.1, 1], seeds),
  ...at(binary, 100, [0.2, 0.4, 0.6, 0.8], [0]),
  ...at(binary, 1, [0.1, 0.2, 0.4, 0.6, 0.8, 1], [0]),
  ...[trained, scratch].flatMap((setting) => [...at(setting, 100, [0.1, 1], [0]), ...at(setting, 1, [0.1, 1], [0])]),
  ...at(trained, 100, [0.2, 0.4, 0.6, 0.8], [0]),
];

/** (d) Feature collision between dress (3) and coat (4). */
export const collision: Part<'collision'> = {
  id: 'collision',
  datasets: ['fashion-mnist-3-4', 'fashion-mnist'],
  inputs: {
    binary: recipes.binary,
    base: recipes.perceptron,
    scratch: recipes.collision,
    trained: recipes.collisionTrained,
  },
  units: cells.map(({ seed, ...cell }) => ({
    key: `${cell.model}.${cell.start}.${cell.pairs}.${cell.alpha}.${seed}`,
    make: async (lab: Lab) => [await collisionRun(lab, cell, seed)],
  })),
};

export async function collisionRun(lab: Lab, cell: Cell, seed: number): Promise<CollisionRun> {
  const { dataset, model, start, pairs, alpha } = cell;
  const { train, test } = await lab.split(dataset);
  const [from, to] = dataset === 'fashion-mnist-3-4' ? [0, 1] : [3, 4];
  const poison = featureCollision(train, { from: from!, to: to!, alpha, pairs });
  const base =
    start === 'trained'
      ? { from: await trainedModel(lab, { dataset, model, recipe: recipes.perceptron, shaping: 'none', seed }) }
      : {};
  const training = {
    dataset,
    model,
    recipe: recipeOf(cell),
    shaping: 'none',
    seed,
    train: append(train, poison),
    poisonFrom: train.n,
    ...base,
  } as const;
  const { best, last, artifacts } = await trainAndTest(lab, training, test);
  return { dataset, model, start, pairs, alpha, seed, best, last, artifacts };
}

function recipeOf({ dataset, start }: Setting): PaperRecipe {
  if (dataset === 'fashion-mnist-3-4') return recipes.binary;
  return start === 'trained' ? recipes.collisionTrained : recipes.collision;
}
