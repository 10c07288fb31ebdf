import type { GradientStep, ShapeDefense } from '../../../lib/benchmark/defense.ts';

/** No defense: the plain gradient. */
const none: ShapeDefense = {
  shape: (step: GradientStep) => step.sum(new Float32Array(step.size).fill(1)).times(1 / step.expectedSize),
};
export default none;
