import type { GradientStep, ShapeDefense } from '../../../lib/contract/defense.ts';

/** No defense: the plain gradient. */
export default {
  shape: (step: GradientStep) => step.sum(new Float32Array(step.size).fill(1)).times(1 / step.expectedSize),
} satisfies ShapeDefense;
