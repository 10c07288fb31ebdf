import type { ModelCard, Recipe } from '../../lib/benchmark/defense.ts';
import type { ModelId } from '../../lib/benchmark/ids.ts';
import { perceptron } from './dense.ts';

/** Hidden widths of every model, input to output. `lr` is multinomial logistic regression; `mlp-256-256` is the perceptron of Hong et al. 2020. */
export const models: Record<ModelId, readonly number[]> = {
  lr: [],
  'mlp-128': [128],
  'mlp-256-256': [256, 256],
};

/** The model for rows of that shape: layers, weights in order, and how the suite trains it. */
export const modelCard = (id: ModelId, shape: readonly number[], classes: number, recipe: Recipe): ModelCard =>
  perceptron(id, models[id], shape, classes, recipe);
