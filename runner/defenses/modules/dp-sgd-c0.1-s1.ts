import type { ShapeDefense } from '../../../lib/contract/defense.ts';
import { dpSgd } from '../parts/dp-sgd.ts';

/** DP-SGD with clipping norm .1 and noise multiplier 1. Abadi et al. 2016, https://arxiv.org/abs/1607.00133 */
export default { shape: (step) => dpSgd(step, { clippingNorm: 0.1, noiseMultiplier: 1 }) } satisfies ShapeDefense;
