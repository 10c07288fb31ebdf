import { anyMistake } from './aims.ts';
import { rowsAtRate } from './budget.ts';
import { defineAttack } from './define-attack.ts';

/** Shuffled labels: b·n rows drawn at random give their labels to each other in a random order. A probe, no attack. */
export const shuffledLabels = defineAttack('shuffled-labels', {
  example: { budget: 1, params: {} },
  poison({ clean, test, budget, rng }) {
    const index = rng.fork('rows').sample(clean.n, rowsAtRate(clean.n, budget));
    return {
      index,
      labels: rng.fork('labels').shuffle(index.map((row) => clean.y[row]!)),
      rows: null,
      aim: anyMistake(test),
    };
  },
});
