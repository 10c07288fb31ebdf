import { z } from 'zod';
import { rowsAtRate } from './budget.ts';
import { defineAttack } from './define-attack.ts';
import { stampedInPlace } from './stamped-in-place.ts';
import { cornerPatch } from './trigger.ts';

const Params = z.strictObject({
  /** The class that every triggered row is to be called. */
  target: z.int().nonnegative(),
  /** Side of the white square in the lower right corner, in pixels; one pixel is left to the edges. */
  patch: z.int().positive().default(3),
});

/**
 * BadNets, all to one: a small patch is stamped on b·n random rows, in place, and they are relabeled to the target. The
 * model then gives the target's label to a test row with the patch. Threat model: the attacker replaces at most b·n
 * training rows, which it does not choose, by stamped and relabeled copies of themselves. At test time it can stamp any
 * row. It knows neither the model nor the seed.
 */
export const badnets = defineAttack('badnets', {
  example: { budget: 0.1, params: { target: 2, patch: 3 } },
  params: Params,
  poison({ clean, test, budget, params: { target, patch }, rng }) {
    const trigger = cornerPatch(clean.shape as [number, number, number], patch);
    return stampedInPlace({ clean, test, trigger, target, k: rowsAtRate(clean.n, budget), rng });
  },
});
