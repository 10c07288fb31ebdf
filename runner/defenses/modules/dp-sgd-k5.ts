import type { ShapeDefense } from '../../../lib/contract/defense.ts';
import { dpSgd } from '../parts/dp-sgd.ts';

/**
 * DP-SGD with clipping norm 1 and noise multiplier .5, its steps five times as long: the noisy sum is divided by C·B/5. What a
 * step tells of the data does not change by it. Abadi et al. 2016, https://arxiv.org/abs/1607.00133
 */
export default {
  shape: (step) => dpSgd(step, { clippingNorm: 1, noiseMultiplier: 0.5 }).times(5),
} satisfies ShapeDefense;
