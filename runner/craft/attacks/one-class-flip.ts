import { z } from 'zod';
import { group } from './aims.ts';
import { rowsAtRate } from './budget.ts';
import { surestFirst } from './confidence-flip.ts';
import { defineAttack } from './define-attack.ts';

const Params = z.strictObject({
  /** The class that is to be forgotten, and what its rows are called instead. */
  from: z.int().nonnegative(),
  to: z.int().nonnegative(),
});

/**
 * Confidence-targeted flipping of one class. The rows of class `from` that a clean surrogate is surest of are labelled
 * `to`, until the budget is spent or the class is empty. It is `confidence-flip` (Xiao, Xiao, Eckert 2012), aimed at
 * one class, and is measured on the test rows of that class alone.
 *
 * Threat model: the attacker relabels at most b·n training rows of one class and adds none. It has the training rows
 * and a model of the same kind. It does not know the seed.
 */
export const oneClassFlip = defineAttack('one-class-flip', {
  example: { budget: 0.9, params: { from: 1, to: 3 }, spares: true },
  params: Params,
  async poison({ clean, test, budget, params: { from, to }, surrogate }) {
    const surest = surestFirst(clean, await surrogate()).filter((row) => clean.y[row] === from);
    const index = surest.slice(0, rowsAtRate(clean.n, budget));
    const attacked = Int32Array.from([...test.y.keys()].filter((row) => test.y[row] === from));
    return { index, labels: new Int32Array(index.length).fill(to), rows: null, aim: group(attacked, to) };
  },
});
