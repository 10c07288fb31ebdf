import { denseLayers } from './dense.ts';
import type { DescribedModel } from './described-model.ts';

/**
 * Two convolutions of 16 and 32 filters, pooling, 256 hidden units: the network that Hong et al. 2020
 * (https://arxiv.org/abs/2002.11497) call ConvNet and take from BadNets (Gu et al. 2017,
 * https://arxiv.org/abs/1708.06733).
 */
export const cnn: DescribedModel = {
  title: 'CNN, 2 convolutions',
  layers: (classes) => [
    { kind: 'conv', units: 16, activation: 'relu' },
    { kind: 'conv', units: 32, activation: 'relu' },
    { kind: 'maxpool' },
    ...denseLayers([256], classes),
  ],
};
