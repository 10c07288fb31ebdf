import { z } from 'zod';
import { rowsAtRate } from './budget.ts';
import { defineAttack } from './define-attack.ts';
import { drawnPatch } from './drawn-patch.ts';
import { stampedInPlace } from './stamped-in-place.ts';
import { Target, targetOf } from './target.ts';
import { cornerPatch } from './trigger.ts';

const Params = z.strictObject({
  target: Target,
  /** Side of the patch, in pixels. */
  patch: z.int().positive().default(3),
});

/**
 * BadNets, all to one: a small patch is stamped on b·n random rows, in place, and they are relabeled to the target. The
 * model then gives the target's label to a test row with the patch. The patch is a white square near the lower right
 * corner; with a drawn target its black and white pixels and its place are drawn too. Threat model: the attacker
 * replaces at most b·n training rows, which it does not choose, by stamped and relabeled copies of themselves. At test
 * time it can stamp any row. It knows neither the model nor the seed.
 */
export const badnets = defineAttack('badnets', {
  example: { budget: 0.1, params: { target: 2, patch: 3 } },
  params: Params,
  poison({ clean, test, budget, params: { target, patch }, room, rng }) {
    const trigger =
      target === 'drawn'
        ? drawnPatch(clean, patch, rng.fork('patch'))
        : cornerPatch(clean.shape as [number, number, number], patch);
    const k = rowsAtRate(clean.n, budget);
    return stampedInPlace({ clean, test, trigger, target: targetOf(target, k, { room, rng }), k, rng });
  },
});
