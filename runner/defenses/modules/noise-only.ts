import type { GradientStep, ShapeDefense } from '../../../lib/benchmark/defense.ts';

/** Per coordinate of the summed gradient: that of DP-SGD with clipping norm 1 and noise multiplier 0.5. */
const standardDeviation = 0.5;

/** The noise of DP-SGD without its clipping. Nothing bounds an example's pull, so this is not private. */
export default {
  shape(step: GradientStep) {
    const sum = step.sum(new Float32Array(step.size).fill(1));
    return sum.plus(step.noise(standardDeviation)).times(1 / step.expectedSize);
  },
} satisfies ShapeDefense;
