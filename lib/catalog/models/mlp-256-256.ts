import { denseLayers } from './dense.ts';
import type { DescribedModel } from './described-model.ts';

/** The perceptron of Hong et al. 2020, https://arxiv.org/abs/2002.11497 */
export const mlp256256: DescribedModel = {
  title: 'MLP, 256 + 256 units',
  layers: (classes) => denseLayers([256, 256], classes),
};
