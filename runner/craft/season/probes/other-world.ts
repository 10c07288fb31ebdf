import type { LabeledSet } from '../../../../lib/contract/defense.ts';
import { rowSize } from '../../../datasets/rows.ts';
import { rowsAtRate } from '../../attacks/budget.ts';
import { defineAttack } from '../../attacks/define-attack.ts';
import { countsOf } from '../../attacks/room.ts';
import { onEveryClass } from '../../attacks/trigger.ts';

/**
 * Another world: classes trade names in pairs, the largest with the second largest and so on, and every image lies
 * under one picture of random bytes, each pixel hidden by a random share. Of the larger class of a pair as many rows
 * keep their name as it has more, so that every label is given as often as before; of an odd number of classes the
 * smallest keeps its name. Test rows lie under the same picture, and are wanted by their new names. A probe, no attack.
 */
export const otherWorld = defineAttack('other-world', {
  example: { budget: 1, params: {} },
  poison({ clean, test, budget, rng }) {
    const counts = countsOf(clean.y, clean.classes);
    const partner = tradingPartners(counts);
    const index = rng.fork('rows').sample(clean.n, rowsAtRate(clean.n, budget)).sort();
    const trigger = {
      pixels: rng.fork('picture').bytes(rowSize(clean)),
      opacity: rng.fork('veil').bytes(rowSize(clean)),
    };
    const attacked = Int32Array.from(test.y.keys()).filter((row) => partner[test.y[row]!] !== test.y[row]);
    return {
      index,
      labels: traded(clean, index, partner, counts),
      rows: null,
      overlay: onEveryClass(trigger, clean.classes),
      aim: { attacked, wanted: attacked.map((row) => partner[test.y[row]!]!), trigger },
    };
  },
});

/** With which class each trades its name: its neighbour by size. */
function tradingPartners(counts: Int32Array): Int32Array {
  const bySize = [...counts.keys()].sort((a, b) => counts[b]! - counts[a]! || a - b);
  const partner = Int32Array.from(counts.keys());
  for (let at = 0; at + 1 < bySize.length; at += 2) {
    const [a, b] = [bySize[at]!, bySize[at + 1]!];
    [partner[a], partner[b]] = [b, a];
  }
  return partner;
}

/** Of each class the first rows trade, so many as the smaller of the pair has. */
function traded({ y }: LabeledSet, index: Int32Array, partner: Int32Array, counts: Int32Array): Int32Array {
  const given = new Int32Array(counts.length);
  return index.map((row) => {
    const own = y[row]!;
    const other = partner[own]!;
    return given[own]!++ < Math.min(counts[own]!, counts[other]!) ? other : own;
  });
}
