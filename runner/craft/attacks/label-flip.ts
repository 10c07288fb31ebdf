import { anyMistake } from './aims.ts';
import { rowsAtRate } from './budget.ts';
import { defineAttack } from './define-attack.ts';

/**
 * Random label flipping, in place: b·n rows drawn uniformly, each given another class, uniform. No optimization. Hardly
 * any harm on these models even at 40 %: the control that a defense must not over-react to. Threat model: the attacker
 * relabels at most b·n training rows and adds none; it knows nothing but the label set.
 */
export const labelFlip = defineAttack('label-flip', {
  example: { budget: 0.29, params: {} },
  poison({ clean, test, budget, rng }) {
    const index = rng.fork('rows').sample(clean.n, rowsAtRate(clean.n, budget));
    const draw = rng.fork('labels');
    return {
      index,
      labels: index.map((row) => draw.otherThan(clean.y[row]!, clean.classes)),
      rows: null,
      aim: anyMistake(test),
    };
  },
});
