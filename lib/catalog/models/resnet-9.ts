import type { Layer } from '../../contract/defense.ts';
import { denseLayers } from './dense.ts';
import type { DescribedModel } from './described-model.ts';

const conv = (units: number): Layer => ({ kind: 'conv-norm', units, activation: 'relu' });
const maxpool: Layer = { kind: 'maxpool' };
const residual = (units: number): Layer[] => [conv(units), conv(units), { kind: 'add', back: 2 }];

/**
 * A narrow ResNet of eight convolutions, two of its blocks residual (He et al. 2016,
 * https://arxiv.org/abs/1512.03385). GroupNorm in place of BatchNorm: an example's gradient is its own.
 */
export const resnet9: DescribedModel = {
  title: 'ResNet, 8 convolutions',
  needsGpu: true,
  layers: (classes) => [
    conv(32),
    conv(64),
    maxpool,
    ...residual(64),
    conv(128),
    maxpool,
    conv(256),
    maxpool,
    ...residual(256),
    { kind: 'globalpool' },
    ...denseLayers([], classes),
  ],
};
