import type { GradientStep, ShapeDefense } from '../../../lib/benchmark/defense.ts';

/** C: no example moves the sum by more. */
const clippingNorm = 1;
/** σ: the noise's standard deviation per coordinate is σC. */
const noiseMultiplier = 0.5;

/**
 * DP-SGD: each example's whole gradient clipped to C, Gaussian noise added to the sum, divided by the *expected* batch size (the drawn one
 * would tell of the data) and by C (which then sets what is cut and not how far a step goes). An example whose gradient is not finite counts
 * as zero. Abadi et al. 2016, https://arxiv.org/abs/1607.00133
 */
export default {
  shape(step: GradientStep) {
    const weights = step.norms().map((norm) => (Number.isFinite(norm) ? Math.min(1, clippingNorm / norm) : 0));
    const noisy = step.sum(weights).plus(step.noise(noiseMultiplier * clippingNorm));
    return noisy.times(1 / (clippingNorm * step.expectedSize));
  },
} satisfies ShapeDefense;
