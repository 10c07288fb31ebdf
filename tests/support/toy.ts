import type { LabeledSet, ModelCard, Recipe } from '../../lib/benchmark/defense.ts';
import { perceptron } from '../../runner/models/dense.ts';
import { rootOf } from '../../runner/rng.ts';

/** Rows of noise with a bright spot whose place tells the class: learnable in a few steps. */
export function toyRows(n: number, seed = 'toy', classes = 4): LabeledSet {
  const rng = rootOf(seed);
  const x = rng.bytes(n * 30).map((value) => value >> 2);
  const y = Int32Array.from({ length: n }, () => rng.below(classes));
  for (const [row, label] of y.entries()) x.fill(200, row * 30 + 7 * label, row * 30 + 7 * label + 7);
  return { n, classes, shape: [6, 5, 1], scale: 255, x, y };
}

export const toyRecipe: Recipe = {
  id: 'toy',
  optimizer: 'sgd',
  momentum: 0.9,
  learningRate: 0.1,
  schedule: 'cosine',
  weightDecay: 0,
  sampling: 'poisson',
  batchSize: 16,
  steps: 30,
};

export const toyModel = (hidden: readonly number[], recipe: Partial<Recipe> = {}, classes = 4): ModelCard =>
  perceptron('toy', hidden, [6, 5, 1], classes, { ...toyRecipe, ...recipe });
