import { denseLayers } from './dense.ts';
import type { DescribedModel } from './described-model.ts';

/** Multinomial logistic regression. */
export const lr: DescribedModel = {
  title: 'logistic regression',
  layers: (classes) => denseLayers([], classes),
};
