import type { Draws, Point } from '../../../lib/contract/attack.ts';
import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { rowSize } from '../../datasets/rows.ts';
import { anyMistake } from './aims.ts';
import { rowsAtRate } from './budget.ts';
import { defineAttack } from './define-attack.ts';

/**
 * The slab attack: few distinct images, each inserted many times. They lie inside the spheres and slabs around the
 * class means, where a sanitizer does not look (sphere-and-slab.ts), and cost the trained model the most accuracy. The
 * search for them trains models (runner/craft/find-points.ts), so they were found once and are committed as data. Each
 * seed displaces other rows. Copies differ by the suite's jitter.
 *
 * Threat model: the attacker inserts b·n rows with any label. It does not choose the rows that they displace. It knows
 * the training rows, the recipe, and that gradients may be clipped at norm 1. It does not know the seed.
 */
export const slab = defineAttack('slab', {
  example: { budget: 0.29, params: {} },
  poison: ({ clean, test, budget, points, rng }) => ({
    ...insertPoints(clean, points, rowsAtRate(clean.n, budget), rng.fork('displaced')),
    aim: anyMistake(test),
  }),
});

/** k copies of the points by their shares, in place of as many random rows. */
function insertPoints(clean: LabeledSet, points: readonly Point[], k: number, rng: Draws) {
  const copies = copiesOf(points, k);
  const size = rowSize(clean);
  const rows = new Uint8Array(k * size);
  for (const [i, point] of copies.entries()) rows.set(points[point]!.pixels, i * size);
  return { index: rng.sample(clean.n, k), labels: copies.map((point) => points[point]!.label), rows };
}

/** Which point each of k copies is, by their shares; the last one takes what rounding leaves. */
export function copiesOf(points: readonly Point[], k: number): Int32Array {
  if (points.length === 0) throw new RangeError('copiesOf: no points, want at least one');
  const copies = new Int32Array(k).fill(points.length - 1);
  let from = 0;
  points.slice(0, -1).forEach(({ share }, point) => {
    copies.fill(point, from, from + Math.floor(share * k));
    from += Math.floor(share * k);
  });
  return copies;
}
