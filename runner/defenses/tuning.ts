import type { BaselineId } from '../../lib/catalog/baselines/index.ts';
import { type TunedId, tuned } from '../../lib/catalog/tuning.ts';
import { baselineNamed } from './index.ts';

/** How a built module writes its main parameter, before the value. The steps of DP-SGD are modules of their own. */
const written: Readonly<Record<Exclude<TunedId, 'dp-sgd'>, string>> = {
  'clip-only': 'clippingNorm: ',
  'noise-only': 'noiseMultiplier: ',
  'adaptive-clip': 'var quantile = ',
  'median-of-gradients': 'var shards = ',
  mixup: 'var alpha = ',
  'trimmed-loss': 'var rate = ',
  sever: 'var rate = ',
  'sphere-slab': 'var share = ',
  'spectral-signatures': 'var rate = ',
  'activation-clustering': 'var smallest = ',
  'deep-knn': 'var neighbors = ',
  'label-cleaning': 'var folds = ',
  abl: 'var isolated = ',
  dpa: 'var parts = ',
  'finite-aggregation': 'var spread = ',
};

/** The module of that baseline with another value of its main parameter, as text. */
export function variantOf(id: TunedId, value: number): string {
  if (id === 'dp-sgd') return baselineNamed(value === 1 ? id : (`dp-sgd-k${value}` as BaselineId)).code;
  const parameter = written[id];
  const [before, after, ...more] = baselineNamed(id).code.split(parameter);
  const number = after?.match(/^[\d.]+/)?.[0];
  if (!number || more.length > 0)
    throw new RangeError(`variantOf: '${parameter}' and a number stand not just once in ${id}`);
  return `${before}${parameter}${value}${after!.slice(number.length)}`;
}

/** The value that the baseline itself has. */
export const ownValueOf = (id: TunedId): number =>
  tuned[id].values.find((value) => variantOf(id, value) === baselineNamed(id).code)!;
