import type { Recipe } from '../../lib/contract/defense.ts';

/**
 * The learning rate at every step, [steps]. Cosine: η/2 · (1 + cos(πt/T)), from η towards 0 (Loshchilov and Hutter
 * 2017, https://arxiv.org/abs/1608.03983).
 */
export const learningRates = (
  { schedule, learningRate }: Pick<Recipe, 'schedule' | 'learningRate'>,
  steps: number,
): Float64Array =>
  Float64Array.from({ length: steps }, (_, step) =>
    schedule === 'constant' ? learningRate : learningRate * (1 - halfSineSquared(step / steps)),
  );

/** sin²(π·share/2) = (1 − cos(π·share))/2 for share in [0, 1], by + − × ÷ only: the same bits on every machine. */
function halfSineSquared(share: number): number {
  const angle = (Math.PI / 2) * share;
  let term = angle;
  let sine = angle;
  for (let power = 3; power <= 25; power += 2) {
    term *= -(angle * angle) / (power * (power - 1));
    sine += term;
  }
  return sine * sine;
}
