import type { Gradient, GradientStep } from '../../../lib/contract/defense.ts';

/**
 * DP-SGD: each example's whole gradient clipped to norm C, Gaussian noise of standard deviation σC per coordinate added to the sum, divided by the
 * *expected* batch size (the drawn one would tell of the data) and by C (which then sets what is cut and not how far a step goes). An example
 * whose gradient is not finite counts as zero. C = ∞ cuts nothing and divides by no norm; σ is then the standard deviation itself, and
 * nothing is private. C = ∞ with σ = 0 is plain training, to the last bit. Abadi et al. 2016, https://arxiv.org/abs/1607.00133
 */
export function dpSgd(step: GradientStep, { clippingNorm, noiseMultiplier }: { clippingNorm: number; noiseMultiplier: number }): Gradient {
  const clips = clippingNorm < Infinity;
  const weights = clips
    ? step.norms().map((norm) => (Number.isFinite(norm) ? Math.min(1, clippingNorm / norm) : 0)) // [size]
    : new Float32Array(step.size).fill(1);
  const unit = clips ? clippingNorm : 1;
  return step
    .sum(weights)
    .plus(step.noise(noiseMultiplier * unit))
    .times(1 / (unit * step.expectedSize));
}
