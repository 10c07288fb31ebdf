import { z } from 'zod';
import type { LabeledSet } from '../../lib/benchmark/defense.ts';
import { rowSize } from '../datasets/rows.ts';
import type { Rng } from '../rng.ts';
import { anyMistake } from './aims.ts';
import type { Overlay } from './attack.ts';
import { PoisonRate, rowsAtRate } from './budget.ts';
import { defineAttack } from './define-attack.ts';

/**
 * One-pixel shortcuts: in every poisoned row the pixel of its class is made black or white. The model learns the pixel, which test rows do not have.
 * For each class the pixel and the value are those of the largest mean over standard deviation of the change. No two classes share a pixel, as
 * they would here, where corners are black in every class; in which order they choose, and among equals, the seed decides.
 * Threat model: the attacker changes one pixel of b·n training rows, which it does not choose, and no label; it knows the training rows and neither
 * the model nor the seed. Data made unlearnable, for which b = 1 is meant.
 */
export const ops = defineAttack({
  id: 'ops',
  family: 'indiscriminate',
  source: { paper: 'Wu, Chen, Xie, Huang 2023, One-pixel shortcut', url: 'https://arxiv.org/abs/2205.12141' },
  budget: PoisonRate,
  params: z.strictObject({}),
  allowance: rowsAtRate,
  poison({ clean, test, budget, rng }) {
    const index = rng.fork('rows').sample(clean.n, rowsAtRate(clean.n, budget));
    return { index, labels: index.map((row) => clean.y[row]!), rows: null, overlay: shortcuts(clean, rng.fork('pixels')), aim: anyMistake(test) };
  },
});

function shortcuts(clean: LabeledSet, rng: Rng): Overlay {
  const size = rowSize(clean);
  const overlay = { pixels: new Uint8Array(clean.classes * size), opacity: new Uint8Array(clean.classes * size) };
  const free = new Uint8Array(size).fill(1);
  for (const label of rng.shuffle(Int32Array.from({ length: clean.classes }, (_, c) => c))) {
    const ratios = changeRatios(clean, label).map((ratio, place) => (free[place >> 1] ? ratio : -1));
    const largest = ratios.reduce((best, ratio) => Math.max(best, ratio), 0);
    const best = Int32Array.from(ratios.keys()).filter((place) => ratios[place] === largest);
    const chosen = best[rng.below(best.length)]!;
    free[chosen >> 1] = 0;
    overlay.pixels[label * size + (chosen >> 1)] = chosen % 2 === 1 ? 255 : 0;
    overlay.opacity[label * size + (chosen >> 1)] = 255;
  }
  return overlay;
}

/** Squares of mean over standard deviation of |x − value| within a class: of pixel p made black at 2p, made white at 2p + 1. Infinite where nothing varies. */
function changeRatios(clean: LabeledSet, label: number): Float64Array {
  const size = rowSize(clean);
  const sums = new Float64Array(size);
  const squares = new Float64Array(size);
  let n = 0;
  for (let row = 0; row < clean.n; row++)
    if (clean.y[row] === label) {
      n++;
      for (let i = 0, at = row * size; i < size; i++, at++) {
        const value = clean.x[at]!;
        sums[i]! += value;
        squares[i]! += value * value;
      }
    }
  return Float64Array.from({ length: 2 * size }, (_, place) => {
    const sum = sums[place >> 1]!;
    const change = place % 2 === 1 ? 255 * n - sum : sum;
    return change === 0 ? 0 : (change * change) / (n * squares[place >> 1]! - sum * sum);
  });
}
