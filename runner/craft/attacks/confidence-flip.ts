import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { anyMistake } from './aims.ts';
import { rowsAtRate } from './budget.ts';
import { defineAttack } from './define-attack.ts';

/**
 * Confidence-targeted label flipping. A clean surrogate gives every row its p(y|x). The rows with the highest p get the
 * class that the surrogate thinks next likely. This is one greedy step of the alternating attack of Xiao, Xiao, Eckert
 * 2012 (ALFA), which maximises the loss after training under a budget of flips.
 *
 * Threat model: the attacker relabels at most b·n training rows and adds none. It has the training rows and a model of
 * the same kind. It does not know the seed.
 *
 * Where a label histogram must be kept: a class that can give no more rows is passed over, and a row whose next likely
 * class is full gets the one after it.
 */
export const confidenceFlip = defineAttack('confidence-flip', {
  example: { budget: 0.29, params: {} },
  async poison({ clean, test, budget, room, surrogate }) {
    const { y, classes } = clean;
    const probabilities = await surrogate(); // [n, classes]
    const k = rowsAtRate(clean.n, budget);
    const [taken, labelled] = [new Int32Array(classes), new Int32Array(classes)];
    const flips: [row: number, label: number][] = [];
    for (const row of surestFirst(clean, probabilities)) {
      if (flips.length === k) break;
      const own = y[row]!;
      if (taken[own]! - labelled[own]! >= room.taken[own]!) continue;
      const full = (label: number) => labelled[label]! >= room.labelled[label]!;
      const label = likeliest(probabilities.subarray(row * classes, (row + 1) * classes), (c) => c !== own && !full(c));
      if (label === null) continue;
      taken[own]! += 1;
      labelled[label]! += 1;
      flips.push([row, label]);
    }
    return {
      index: Int32Array.from(flips, ([row]) => row),
      labels: Int32Array.from(flips, ([, label]) => label),
      rows: null,
      aim: anyMistake(test),
    };
  },
});

/** The rows by p(y|x), highest first, of equals the smaller. */
export function surestFirst(clean: LabeledSet, probabilities: Float64Array): Int32Array {
  const confidence = Float64Array.from(clean.y, (label, row) => probabilities[row * clean.classes + label]!);
  return Int32Array.from(confidence.keys()).sort((a, b) => confidence[b]! - confidence[a]! || a - b);
}

/** The likeliest class of those that may be; of equals the smaller. Null where there is none. */
function likeliest(probabilities: Float64Array, may: (label: number) => boolean): number | null {
  let best: number | null = null;
  for (let label = 0; label < probabilities.length; label++)
    if (may(label) && (best === null || probabilities[label]! > probabilities[best]!)) best = label;
  return best;
}
