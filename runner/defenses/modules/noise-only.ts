import type { ShapeDefense } from '../../../lib/contract/defense.ts';
import { dpSgd } from '../parts/dp-sgd.ts';

/** DP-SGD without its clipping: nothing bounds an example's pull, so this is not private. Abadi et al. 2016, https://arxiv.org/abs/1607.00133 */
export default { shape: (step) => dpSgd(step, { clippingNorm: Infinity, noiseMultiplier: 0.5 }) } satisfies ShapeDefense;
