import { denseLayers } from './dense.ts';
import type { DescribedModel } from './described-model.ts';

export const mlp128: DescribedModel = {
  title: 'MLP, 128 units',
  layers: (classes) => denseLayers([128], classes),
};
