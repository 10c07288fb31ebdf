import type { ShapeDefense } from '../../../lib/contract/defense.ts';
import { dpSgd } from '../parts/dp-sgd.ts';

/** DP-SGD without its noise, cut to a tenth: most gradients then count by their direction alone. Abadi et al. 2016, https://arxiv.org/abs/1607.00133 */
export default { shape: (step) => dpSgd(step, { clippingNorm: 0.1, noiseMultiplier: 0 }) } satisfies ShapeDefense;
