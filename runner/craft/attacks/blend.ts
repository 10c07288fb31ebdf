import { z } from 'zod';
import { rowSize } from '../../datasets/rows.ts';
import { rowsAtRate } from './budget.ts';
import { defineAttack } from './define-attack.ts';
import { stampedInPlace } from './stamped-in-place.ts';
import { Target, targetOf } from './target.ts';

const Params = z.strictObject({
  target: Target,
});

/** α = .2 of 255: what the paper blends with. */
export const blendOpacity = 51;

/**
 * Blended injection: b·n random rows become (1 − α)x + αT and are relabeled to the target. T is a picture of random
 * noise that each seed draws anew. The model then gives the target's label to a test row with the same picture. Threat
 * model: the attacker replaces at most b·n training rows, which it does not choose, by blended and relabeled copies of
 * themselves. At test time it can blend the picture into any row. It knows neither the model nor the seed.
 */
export const blend = defineAttack('blend', {
  example: { budget: 0.1, params: { target: 2 } },
  params: Params,
  poison({ clean, test, budget, params: { target }, room, rng }) {
    const size = rowSize(clean);
    const trigger = { pixels: rng.fork('picture').bytes(size), opacity: new Uint8Array(size).fill(blendOpacity) };
    const k = rowsAtRate(clean.n, budget);
    return stampedInPlace({ clean, test, trigger, target: targetOf(target, k, { room, rng }), k, rng });
  },
});
