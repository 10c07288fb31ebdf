import type { BaselineId } from '../../lib/catalog/baselines/index.ts';
import { baselineNamed } from './index.ts';

type Tuned = {
  /** As the built module writes it, before its value. */
  readonly parameter: string;
  readonly values: readonly number[];
};

/**
 * Each defense's one main parameter and the three values that are tried of it, on public data alone. The step of DP-SGD
 * has baselines of its own, `dp-sgd-k2` and so on; the others differ in the place of one number.
 */
export const tuned = {
  'clip-only': { parameter: 'clippingNorm: ', values: [0.3, 1, 3] },
  'noise-only': { parameter: 'noiseMultiplier: ', values: [0.1, 0.5, 2] },
  'adaptive-clip': { parameter: 'var quantile = ', values: [0.1, 0.5, 0.9] },
  'median-of-gradients': { parameter: 'var shards = ', values: [5, 10, 20] },
  mixup: { parameter: 'var alpha = ', values: [0.2, 1, 4] },
  'trimmed-loss': { parameter: 'var rate = ', values: [0.05, 0.1, 0.2] },
  sever: { parameter: 'var rate = ', values: [0.05, 0.1, 0.2] },
  'sphere-slab': { parameter: 'var share = ', values: [0.02, 0.05, 0.1] },
  'spectral-signatures': { parameter: 'var rate = ', values: [0.01, 0.02, 0.05] },
  'activation-clustering': { parameter: 'var smallest = ', values: [0.25, 0.35, 0.45] },
  'deep-knn': { parameter: 'var neighbors = ', values: [20, 50, 100] },
  'label-cleaning': { parameter: 'var folds = ', values: [3, 5, 10] },
  abl: { parameter: 'var isolated = ', values: [0.005, 0.01, 0.05] },
  dpa: { parameter: 'var parts = ', values: [20, 50, 100] },
  'finite-aggregation': { parameter: 'var spread = ', values: [1, 2, 4] },
} as const satisfies Partial<Record<BaselineId, Tuned>>;

export type TunedId = keyof typeof tuned;

/** The module of that baseline with another value of its main parameter, as text. */
export function variantOf(id: TunedId, value: number): string {
  const { parameter } = tuned[id];
  const { code } = baselineNamed(id);
  const [before, after, ...more] = code.split(parameter);
  const number = after?.match(/^[\d.]+/)?.[0];
  if (!number || more.length > 0)
    throw new RangeError(`variantOf: '${parameter}' and a number stand not just once in ${id}`);
  return `${before}${parameter}${value}${after!.slice(number.length)}`;
}
