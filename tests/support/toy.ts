import { denseLayers } from '../../lib/catalog/models/dense.ts';
import type { LabeledSet, Layer, ModelCard, Recipe } from '../../lib/contract/defense.ts';
import { rootOf } from '../../runner/random/rng.ts';
import { cardOf } from '../../runner/train/models/card.ts';

/** Rows of noise with a bright spot whose place tells the class: learnable in a few steps. */
export function toyRows(n: number, seed = 'toy', classes = 4): LabeledSet {
  const rng = rootOf(seed);
  const x = rng.bytes(n * 30).map((value) => value >> 2);
  const y = Int32Array.from({ length: n }, () => rng.below(classes));
  for (const [row, label] of y.entries()) x.fill(200, row * 30 + 7 * label, row * 30 + 7 * label + 7);
  return { n, classes, shape: [6, 5, 1], scale: 255, x, y };
}

const toyRecipe: Recipe = {
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

/** A model of those layers for the toy's rows; a number is a hidden dense layer's width. */
export const toyModel = (hidden: readonly (number | Layer)[], recipe: Partial<Recipe> = {}, classes = 4): ModelCard => {
  const layers = hidden.map(
    (layer): Layer => (typeof layer === 'number' ? { kind: 'dense', units: layer, activation: 'relu' } : layer),
  );
  return cardOf('toy', [...layers, ...denseLayers([], classes)], [6, 5, 1], { ...toyRecipe, ...recipe });
};

/** For the toy's layers: a convolution of so many filters, and pooling. */
export const conv = (units: number): Layer => ({ kind: 'conv', units, activation: 'relu' });
export const maxpool: Layer = { kind: 'maxpool' };
