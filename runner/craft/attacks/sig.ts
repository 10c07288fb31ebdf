import { z } from 'zod';
import { rowSize } from '../../datasets/rows.ts';
import { allToOne } from './aims.ts';
import { rowsAtRate } from './budget.ts';
import { defineAttack } from './define-attack.ts';
import { rowsOfTarget } from './rows-of-target.ts';
import { sineOfTurns } from './sine.ts';
import { Target } from './target.ts';
import { onEveryClass } from './trigger.ts';

const Params = z.strictObject({
  target: Target,
  /** The height of the wave, out of 255. */
  strength: z.int().min(1).max(255),
});

/** Waves across a picture: the paper's. */
const frequency = 6;

/**
 * SIG: a wave Δ·sin(2π·f·column/width) is laid over rows of the target class, which keep their label. The model then
 * gives the target's label to a test row under the same wave. The wave is rendered as a picture: it brightens and
 * darkens a pixel by a share of what is left to white and black, so that a defense meets pixels and not sums that were
 * cut. The seed draws where the wave begins. Threat model: the attacker changes at most b·n training rows, all of the
 * target class, and no label; at test time it can lay the wave over any row. It knows neither the model nor the seed.
 */
export const sig = defineAttack('sig', {
  example: { budget: 0.1, params: { target: 2, strength: 60 } },
  params: Params,
  poison({ clean, test, budget, params, room, rng }) {
    const [, width, channels] = clean.shape as [number, number, number];
    const begin = rng.fork('wave').uniform();
    const wave = Float64Array.from({ length: rowSize(clean) }, (_, at) =>
      sineOfTurns(begin + (frequency * (Math.floor(at / channels) % width)) / width),
    );
    const trigger = {
      pixels: Uint8Array.from(wave, (height) => (height > 0 ? 255 : 0)),
      opacity: Uint8Array.from(wave, (height) => Math.floor(params.strength * Math.abs(height) + 0.5)),
    };
    const k = rowsAtRate(clean.n, budget);
    const { target, rows } = rowsOfTarget({ clean, room, target: params.target, k, rng });
    return {
      index: rng.fork('rows').shuffle(rows).slice(0, k),
      labels: new Int32Array(k).fill(target),
      rows: null,
      overlay: onEveryClass(trigger, clean.classes),
      aim: allToOne(test, target, trigger),
    };
  },
});
