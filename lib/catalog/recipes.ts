import type { Recipe } from '../contract/defense.ts';
import type { DatasetId } from '../contract/ids.ts';

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

/**
 * Steps of recipe `core`: 3 epochs of 60,000, 50,000, 10,000 and 5,000 rows, 10 of 10,800. The rate at step t is .05 (1
 * + cos(πt/T)).
 */
const coreSteps: Record<DatasetId, number> = {
  'fashion-mnist': 702,
  'fashion-mnist-3-4': 420,
  'cifar-10': 585,
  'purchase-100': 117,
  'purchase-100-like': 57,
};

/**
 * The under-trained frontier: full schedules of so many steps, below those of every data set. With the recipe's own
 * length they make the curve.
 */
export const frontierSteps: readonly number[] = [40, 60, 80, 120, 160, 240];

/** How `smoke` and `core` suites train on a dataset: the same for every kind of defense. */
export const coreRecipe = (dataset: DatasetId): Recipe => ({ ...core, steps: coreSteps[dataset] });
