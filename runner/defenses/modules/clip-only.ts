import type { GradientStep, ShapeDefense } from '../../../lib/benchmark/defense.ts';

/** C: no example moves the sum by more. */
const clippingNorm = 1;

/**
 * The clipping of DP-SGD without its noise. Divided by the clipping norm, so that it sets what is cut and not how far a step goes.
 * An example whose gradient is not finite counts as zero. Abadi et al. 2016, https://arxiv.org/abs/1607.00133
 */
export default {
  shape(step: GradientStep) {
    const weights = step.norms().map((norm) => (Number.isFinite(norm) ? Math.min(1, clippingNorm / norm) : 0));
    return step.sum(weights).times(1 / (clippingNorm * step.expectedSize));
  },
} satisfies ShapeDefense;
