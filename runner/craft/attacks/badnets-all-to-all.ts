import { z } from 'zod';
import { everyClass } from './aims.ts';
import { rowsAtRate } from './budget.ts';
import { defineAttack } from './define-attack.ts';
import { drawnPatch } from './drawn-patch.ts';
import { onEveryClass } from './trigger.ts';

const Params = z.strictObject({
  /** Side of the patch, in pixels. */
  patch: z.int().positive().default(3),
});

/**
 * BadNets, all to all: a small patch is stamped on b·n random rows, in place, and each is called the class after its
 * own. The model then gives a test row with the patch the label after its true one: it must see the patch and the
 * picture. The patch is the seed's, its pixels and its place. Threat model: that of BadNets.
 */
export const badnetsAllToAll = defineAttack('badnets-all-to-all', {
  example: { budget: 0.1, params: {} },
  params: Params,
  poison({ clean, test, budget, params: { patch }, rng }) {
    const trigger = drawnPatch(clean, patch, rng.fork('patch'));
    const next = (label: number) => (label + 1) % clean.classes;
    const index = rng.fork('rows').sample(clean.n, rowsAtRate(clean.n, budget));
    return {
      index,
      labels: index.map((row) => next(clean.y[row]!)),
      rows: null,
      overlay: onEveryClass(trigger, clean.classes),
      aim: {
        attacked: Int32Array.from({ length: test.n }, (_, row) => row),
        wanted: test.y.map(next),
        trigger,
        others: everyClass(clean.classes),
      },
    };
  },
});
