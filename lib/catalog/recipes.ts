import { isOwnDataset } from '../contract/dataset-card.ts';
import type { Recipe } from '../contract/defense.ts';
import { datasetNamed } from './datasets/index.ts';

const core = {
  id: 'core',
  optimizer: 'sgd',
  momentum: 0.9,
  learningRate: 0.1,
  schedule: 'cosine',
  weightDecay: 0,
  sampling: 'poisson',
  batchSize: 256,
} as const;

/** Of an organizer's own data set, which no list names: as long as on the others of gray pictures. */
const ownSteps = 702;

/**
 * The under-trained frontier: full schedules of so many steps, below those of every data set. With the recipe's own
 * length they make the curve.
 */
export const frontierSteps: readonly number[] = [40, 60, 80, 120, 160, 240];

/**
 * How `smoke` and `core` suites train on a dataset: the same for every kind of defense. The rate at step t is half the
 * learning rate times 1 + cos(πt/T).
 */
export function coreRecipe(dataset: string): Recipe {
  if (isOwnDataset(dataset)) return { ...core, steps: ownSteps };
  const { coreSteps: steps, learningRate = core.learningRate } = datasetNamed(dataset);
  return { ...core, learningRate, steps };
}
