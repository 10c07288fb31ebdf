import { z } from 'zod';
import { takeRows } from '../../datasets/rows.ts';
import { allToOne } from './aims.ts';
import { rowsAtRate } from './budget.ts';
import { defineAttack } from './define-attack.ts';
import { drawnPatch } from './drawn-patch.ts';
import { rememberLatest } from './remember.ts';
import { rowsOfTarget } from './rows-of-target.ts';
import { fitSurrogate, lossGradient, probabilitiesOf, type Surrogate } from './surrogate.ts';
import { Target } from './target.ts';
import { stamp } from './trigger.ts';

const Params = z.strictObject({
  target: Target,
  /** How far a pixel may move before the patch is stamped, out of 255. */
  epsilon: z.int().min(1).max(255),
  /** Side of the patch, in pixels. */
  patch: z.int().positive().default(3),
});

const steps = 10;

const known = rememberLatest<Surrogate>();

/**
 * Label-consistent backdoor, the adversarial form of Turner, Tsipras, Madry 2019. The rows of the target class that the
 * attacker's own model is least sure of are moved further away from their label, by projected gradient ascent on its
 * loss, at most ε per pixel. They get the patch and keep their label. What is left to learn of them is the patch.
 *
 * Threat model: the attacker changes at most b·n training rows, all of the target class, and no label. It has the
 * training rows and a model of its own fitted to them, but not the seed. At test time it can stamp any row.
 */
export const labelConsistent = defineAttack('label-consistent', {
  example: { budget: 0.1, params: { target: 2, epsilon: 32 } },
  params: Params,
  async poison({ clean, test, budget, params: { target: named, epsilon, patch }, room, rng }) {
    const trigger = drawnPatch(clean, patch, rng.fork('patch'));
    const k = rowsAtRate(clean.n, budget);
    const { target, rows: all } = rowsOfTarget({ clean, room, target: named, k, rng });
    const own = rng.fork('surrogate');
    const surrogate = await known(clean, own.hex, () => fitSurrogate(clean, own));
    const probabilities = probabilitiesOf(clean, surrogate);
    const sureness = (row: number) => probabilities[row * clean.classes + target]!;
    const index = all.sort((a, b) => sureness(a) - sureness(b) || a - b).slice(0, k);
    const rows = takeRows(clean, index);
    const start = rows.x.slice();
    for (let step = 0; step < steps; step++) {
      const gradient = lossGradient(rows, surrogate); // [k, ...shape]
      for (let at = 0; at < rows.x.length; at++) {
        const moved = rows.x[at]! + Math.sign(gradient[at]!) * Math.ceil((2 * epsilon) / steps);
        rows.x[at] = Math.max(0, start[at]! - epsilon, Math.min(255, start[at]! + epsilon, moved));
      }
    }
    return {
      index,
      labels: new Int32Array(k).fill(target),
      rows: stamp(rows, trigger).x,
      aim: allToOne(test, target, trigger),
    };
  },
});
