import type { ShapeDefense } from '../../../lib/contract/defense.ts';
import { dpSgd } from '../parts/dp-sgd.ts';

/** DP-SGD without its noise: bounds each example's pull, and is not private. Abadi et al. 2016, https://arxiv.org/abs/1607.00133 */
export default { shape: (step) => dpSgd(step, { clippingNorm: 1, noiseMultiplier: 0 }) } satisfies ShapeDefense;
