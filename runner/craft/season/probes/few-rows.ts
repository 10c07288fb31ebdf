import { rowSize } from '../../../datasets/rows.ts';
import { anyMistake } from '../../attacks/aims.ts';
import { rowsAtRate } from '../../attacks/budget.ts';
import { defineAttack } from '../../attacks/define-attack.ts';

/**
 * Few distinct rows: b·n rows become copies of one row of their class, which each seed draws; labels stay. With the
 * jitter no two copies are the same bytes. A probe, no attack.
 */
export const fewRows = defineAttack('few-rows', {
  example: { budget: 1, params: {} },
  poison({ clean, test, budget, rng }) {
    const size = rowSize(clean);
    const index = rng.fork('rows').sample(clean.n, rowsAtRate(clean.n, budget)).sort();
    const pixels = new Uint8Array(clean.classes * size);
    for (let label = 0; label < clean.classes; label++) {
      const own = [...clean.y.keys()].filter((row) => clean.y[row] === label);
      const row = own[rng.fork(`class ${label}`).below(own.length)]!;
      pixels.set(clean.x.subarray(row * size, (row + 1) * size), label * size);
    }
    return {
      index,
      labels: index.map((row) => clean.y[row]!),
      rows: null,
      overlay: { pixels, opacity: new Uint8Array(pixels.length).fill(255) },
      aim: anyMistake(test),
    };
  },
});
