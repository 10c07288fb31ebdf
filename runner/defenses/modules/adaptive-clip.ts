import type { GradientStep, ShapeDefense } from '../../../lib/contract/defense.ts';

/** The main parameter: C is this quantile of the norms. Worth tuning: .1, .5, .9. */
const quantile = 0.5;

/**
 * Adaptive clipping: each example's gradient is clipped to a quantile of the batch's own norms, so that C falls as
 * training goes on and no norm must be guessed. Without noise, and with a norm that is read from the data: not private.
 * The quantile as a clipping norm is that of Andrew et al. 2021, https://arxiv.org/abs/1905.03871, who estimate it with
 * noise from step to step.
 */
export default {
  shape(step: GradientStep) {
    const norms = step.norms();
    const sorted = norms.filter(Number.isFinite).sort();
    const limit = sorted[Math.floor(quantile * (sorted.length - 1))] ?? 0;
    const weights = norms.map((norm) => (Number.isFinite(norm) ? (norm > limit ? limit / norm : 1) : 0)); // [size]
    return step.sum(weights).times(1 / step.expectedSize);
  },
} satisfies ShapeDefense;
