import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { rowsAtRate } from '../../craft/attacks/budget.ts';
import { takeRows } from '../../datasets/rows.ts';
import type { Rng } from '../../random/rng.ts';

/**
 * Random label flipping: copies of random training rows with another label, to be appended, so that the poisoned share
 * is r/(1 + r). A larger rate holds the rows of a smaller one. The label-noise attacker of Hong et al. 2020,
 * https://arxiv.org/abs/2002.11497
 */
export function labelFlipAppended(clean: LabeledSet, rate: number, rng: Rng): LabeledSet {
  const copies = takeRows(clean, rng.fork('rows').sample(clean.n, rowsAtRate(clean.n, rate)));
  const draw = rng.fork('labels');
  return { ...copies, y: copies.y.map((label) => draw.otherThan(label, clean.classes)) };
}
