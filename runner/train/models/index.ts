import type { Layer, ModelCard, Recipe } from '../../../lib/contract/defense.ts';
import type { ModelId } from '../../../lib/contract/ids.ts';
import { cardOf } from './card.ts';
import { cnnLayers } from './cnn.ts';
import { denseLayers } from './dense.ts';

/**
 * The layers of every model, input to output. `lr` is multinomial logistic regression; `mlp-256-256` is the perceptron
 * of Hong et al. 2020.
 */
export const models: Record<ModelId, (classes: number) => Layer[]> = {
  lr: (classes) => denseLayers([], classes),
  'mlp-128': (classes) => denseLayers([128], classes),
  'mlp-256-256': (classes) => denseLayers([256, 256], classes),
  cnn: cnnLayers,
};

/** The model for rows of that shape: layers, weights in order, and how the suite trains it. */
export const modelCard = (id: ModelId, shape: readonly number[], classes: number, recipe: Recipe): ModelCard =>
  cardOf(id, models[id](classes), shape, recipe);
