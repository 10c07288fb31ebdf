import { anyMistake } from './aims.ts';
import { rowsAtRate } from './budget.ts';
import { defineAttack } from './define-attack.ts';

/**
 * Pair flipping: b·n rows drawn uniformly are each given the next class, y′ = (y + 1) mod c. The pair noise of Han et
 * al. 2018 at the rate b: noise with a direction, which does not average out as uniform noise does. Threat model: the
 * attacker relabels at most b·n training rows, which it does not choose, and adds none; it knows nothing but the label
 * set.
 */
export const pairFlip = defineAttack('pair-flip', {
  example: { budget: 0.29, params: {} },
  poison({ clean, test, budget, rng }) {
    const index = rng.fork('rows').sample(clean.n, rowsAtRate(clean.n, budget));
    return {
      index,
      labels: index.map((row) => (clean.y[row]! + 1) % clean.classes),
      rows: null,
      aim: anyMistake(test),
    };
  },
});
