import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { anyMistake } from './aims.ts';
import { rowsAtRate } from './budget.ts';
import { defineAttack } from './define-attack.ts';

/**
 * Confidence-targeted label flipping: the rows that a clean surrogate is surest of, by p(y|x), are given the class it
 * thinks next likely. The one-step, greedy form of the alternating attack of Xiao, Xiao, Eckert 2012 (ALFA), which
 * maximises the loss after training under a budget of flips. Threat model: the attacker relabels at most b·n training
 * rows and adds none; it has the training rows and a model of the same kind, not the seed.
 */
export const confidenceFlip = defineAttack('confidence-flip', {
  example: { budget: 0.29, params: {} },
  async poison({ clean, test, budget, surrogate }) {
    const probabilities = await surrogate(); // [n, classes]
    const index = surestFirst(clean, probabilities).slice(0, rowsAtRate(clean.n, budget));
    const runnerUp = (row: number) =>
      likeliestBut(clean.y[row]!, probabilities.subarray(row * clean.classes, (row + 1) * clean.classes));
    return { index, labels: index.map(runnerUp), rows: null, aim: anyMistake(test) };
  },
});

/** The rows by p(y|x), highest first, of equals the smaller. */
export function surestFirst(clean: LabeledSet, probabilities: Float64Array): Int32Array {
  const confidence = Float64Array.from(clean.y, (label, row) => probabilities[row * clean.classes + label]!);
  return Int32Array.from(confidence.keys()).sort((a, b) => confidence[b]! - confidence[a]! || a - b);
}

/** The likeliest class other than `label`; of equals the smaller. */
function likeliestBut(label: number, probabilities: Float64Array): number {
  let best = -1;
  for (let other = 0; other < probabilities.length; other++)
    if (other !== label && (best < 0 || probabilities[other]! > probabilities[best]!)) best = other;
  return best;
}
