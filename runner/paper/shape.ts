import type { ShapeDefense } from '../../lib/contract/defense.ts';
import type { Shaping } from '../../lib/studies/paper/shapings.ts';

/**
 * DP-SGD as the source has it. Each example is clipped to C over all parameters, and noise N(0, std²) is added to the
 * sum. The sum is divided by the nominal batch size and not by C (s = 1), so that a small C also shortens the step. An
 * example whose gradient is not finite counts as zero. Undefined where nothing is shaped.
 */
export function shapeOf({ clipNorm, noiseStd }: Shaping): ShapeDefense['shape'] | undefined {
  if (clipNorm === null) return undefined;
  return (step) => {
    const weights = step.norms().map((norm) => (Number.isFinite(norm) ? Math.min(1, clipNorm / norm) : 0));
    return step
      .sum(weights)
      .plus(step.noise(noiseStd))
      .times(1 / step.expectedSize);
  };
}
