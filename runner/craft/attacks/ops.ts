import { z } from 'zod';
import type { Draws, Overlay } from '../../../lib/contract/attack.ts';
import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { rowSize } from '../../datasets/rows.ts';
import { anyMistake } from './aims.ts';
import { rowsAtRate } from './budget.ts';
import { defineAttack } from './define-attack.ts';

const Params = z.strictObject({
  /** The best pixel of each class, or the seed's draw among its best ones. */
  pixels: z.enum(['best', 'drawn']).default('best'),
});

/** So many of its best pixels a class draws from. */
const drawnFrom = 16;

/**
 * One-pixel shortcuts. Each class has a pixel of its own. In every poisoned row the pixel of its class is made black or
 * white. The model learns the pixel, which test rows do not have. The pixel and the value of a class are those with the
 * largest worth (see `worths`). The seed decides in which order the classes choose, and which of two equal pixels is
 * taken. With drawn pixels it decides which of the 16 best is taken.
 *
 * Threat model: the attacker changes one pixel of b·n training rows, which it does not choose, and no label. It knows
 * the training rows, but neither the model nor the seed. The attack is meant to make data unlearnable, with b = 1.
 */
export const ops = defineAttack('ops', {
  example: { budget: 0.5, params: {} },
  params: Params,
  poison({ clean, test, budget, params: { pixels }, rng }) {
    const index = rng.fork('rows').sample(clean.n, rowsAtRate(clean.n, budget));
    return {
      index,
      labels: index.map((row) => clean.y[row]!),
      rows: null,
      overlay: shortcuts(clean, pixels === 'best' ? 1 : drawnFrom, rng.fork('pixels')),
      aim: anyMistake(test),
    };
  },
});

/** Of each class one of its so many best pixels, and with them those that are as good as the last of them. */
function shortcuts(clean: LabeledSet, best: number, rng: Draws): Overlay {
  const size = rowSize(clean);
  const overlay = { pixels: new Uint8Array(clean.classes * size), opacity: new Uint8Array(clean.classes * size) };
  const sums = sumsOf(clean);
  const free = new Uint8Array(size).fill(1);
  for (const label of rng.shuffle(Int32Array.from({ length: clean.classes }, (_, c) => c))) {
    const worth = worths(sums, label).map((value, place) => (free[place >> 1] ? value : -1));
    const least = worth.toSorted().at(-best)!;
    const good = Int32Array.from(worth.keys()).filter((place) => worth[place]! >= least);
    const chosen = good[rng.below(good.length)]!;
    free[chosen >> 1] = 0;
    overlay.pixels[label * size + (chosen >> 1)] = chosen % 2 === 1 ? 255 : 0;
    overlay.opacity[label * size + (chosen >> 1)] = 255;
  }
  return overlay;
}

/**
 * Added to the standard deviation: a tenth of the scale. Without it a pixel that never varies would be infinitely
 * better than one that hardly does.
 */
const floor = 25.5;

/** Of each class and pixel the sum and the sum of squares, [classes][size]: whole numbers, exact. */
type Sums = {
  readonly counts: Int32Array;
  readonly sums: readonly Float64Array[];
  readonly squares: readonly Float64Array[];
};

function sumsOf(clean: LabeledSet): Sums {
  const size = rowSize(clean);
  const zeros = () => Array.from({ length: clean.classes }, () => new Float64Array(size));
  const [counts, sums, squares] = [new Int32Array(clean.classes), zeros(), zeros()];
  for (let row = 0; row < clean.n; row++) {
    const [sum, square] = [sums[clean.y[row]!]!, squares[clean.y[row]!]!];
    counts[clean.y[row]!]! += 1;
    for (let i = 0, at = row * size; i < size; i++, at++) {
      const value = clean.x[at]!;
      sum[i]! += value;
      square[i]! += value * value;
    }
  }
  return { counts, sums, squares };
}

/**
 * How good a shortcut it is to make pixel p black (at 2p) or white (at 2p + 1) in this class: the mean of the change
 * divided by its standard deviation, times how near the rows of the other classes are to that value.
 */
function worths({ counts, sums, squares }: Sums, label: number): Float64Array {
  const n = counts[label]!;
  const rest = counts.reduce((sum, count) => sum + count, -n);
  return Float64Array.from({ length: 2 * sums[label]!.length }, (_, place) => {
    const [pixel, white] = [place >> 1, place % 2 === 1];
    const mean = sums[label]![pixel]! / n;
    const others = sums.reduce((sum, own) => sum + own[pixel]!, -sums[label]![pixel]!) / Math.max(1, rest);
    const deviation = Math.sqrt(Math.max(0, squares[label]![pixel]! / n - mean * mean));
    return ((white ? 255 - mean : mean) * (white ? others : 255 - others)) / (deviation + floor);
  });
}
