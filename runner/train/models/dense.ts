import type { Layer, ModelCard, Recipe } from '../../../lib/contract/defense.ts';
import { cardOf } from './card.ts';

/** Hidden layers of those widths with ReLU, then one linear output per class. */
export const denseLayers = (hidden: readonly number[], classes: number): Layer[] => [
  ...hidden.map((units): Layer => ({ kind: 'dense', units, activation: 'relu' })),
  { kind: 'dense', units: classes, activation: 'linear' },
];

/** A perceptron's card. */
export const perceptron = (
  id: string,
  hidden: readonly number[],
  shape: readonly number[],
  classes: number,
  recipe: Recipe,
): ModelCard => cardOf(id, denseLayers(hidden, classes), shape, recipe);
