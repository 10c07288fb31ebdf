import { z } from 'zod';
import { rowsAtRate } from './budget.ts';
import { defineAttack } from './define-attack.ts';
import { stampedInPlace } from './stamped-in-place.ts';
import { cornerPatch } from './trigger.ts';

const Params = z.strictObject({
  /** The class that every triggered row is to be called. */
  target: z.int().nonnegative(),
  /** Side of the square in the lower right corner, in pixels. */
  patch: z.int().positive().default(3),
  /** Of the square, out of 255. */
  strength: z.int().min(1).max(255),
});

/**
 * A backdoor against clipped gradients. Clipping limits what one row can do, so the attacker needs many rows. Their
 * trigger is so faint that their gradients are as small as those of clean rows, and nothing of them is cut. It is the
 * patch of BadNets at the least strength that still bites the undefended model, at rates five to ten times as high.
 *
 * Threat model: that of BadNets. The attacker also knows that gradients may be clipped. It need not know the norm.
 */
export const clipRate = defineAttack('clip-rate', {
  example: { budget: 0.2, params: { target: 2, strength: 60 } },
  params: Params,
  poison({ clean, test, budget, params: { target, patch, strength }, rng }) {
    const trigger = cornerPatch(clean.shape as [number, number, number], patch, strength);
    return stampedInPlace({ clean, test, trigger, target, k: rowsAtRate(clean.n, budget), rng });
  },
});
