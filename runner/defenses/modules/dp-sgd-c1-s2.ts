import type { ShapeDefense } from '../../../lib/contract/defense.ts';
import { dpSgd } from '../parts/dp-sgd.ts';

/** DP-SGD with clipping norm 1 and noise multiplier 2. Abadi et al. 2016, https://arxiv.org/abs/1607.00133 */
export default { shape: (step) => dpSgd(step, { clippingNorm: 1, noiseMultiplier: 2 }) } satisfies ShapeDefense;
