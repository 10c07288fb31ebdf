import type { GradientStep, ShapeDefense } from '../../../lib/contract/defense.ts';

/** C: the mean gradient of a batch is no longer than this. */
const clippingNorm = 1;
/** σ: the noise on the sum has standard deviation σC per coordinate, as that of DP-SGD with the same C and σ. */
const noiseMultiplier = 0.5;

/**
 * The batch's gradient is clipped and noised, not each example's: what is called DP-SGD in the experiments on gradient matching (Geiping et al. 2021,
 * https://arxiv.org/abs/2009.02276), and is not differentially private, for one example may turn the whole batch. A batch whose gradient is not
 * finite counts as zero.
 */
export default {
  shape(step: GradientStep) {
    const sum = step.sum(new Float32Array(step.size).fill(1));
    const norm = sum.norm() / step.expectedSize;
    const factor = Number.isFinite(norm) ? Math.min(1, clippingNorm / norm) : 0;
    const clipped = factor > 0 ? sum.times(factor) : step.noise(0);
    return clipped.plus(step.noise(noiseMultiplier * clippingNorm)).times(1 / (clippingNorm * step.expectedSize));
  },
} satisfies ShapeDefense;
