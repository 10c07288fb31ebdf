import { anyMistake } from './aims.ts';
import { rowsAtRate } from './budget.ts';
import { defineAttack } from './define-attack.ts';
import { countsOf } from './room.ts';

/**
 * Renamed classes: the rows stand class by class, the classes in a random order, and each of the first b·n gets the
 * label that stands as many places on as the largest class has rows. So no row keeps its label, most of a class get one
 * or two others, and at b = 1 every label is given as often as before. A control: it tells who learns from the labels.
 */
export const renamedClasses = defineAttack('renamed-classes', {
  example: { budget: 1, params: {} },
  poison({ clean, test, budget, rng }) {
    const order = rng.shuffle(Int32Array.from({ length: clean.classes }, (_, label) => label));
    const rows = Int32Array.from(
      [...order].flatMap((label) => [...clean.y.keys()].filter((row) => clean.y[row] === label)),
    );
    const shift = Math.max(...countsOf(clean.y, clean.classes));
    const index = rows.slice(0, rowsAtRate(clean.n, budget));
    return {
      index,
      labels: index.map((_, place) => clean.y[rows[(place + shift) % clean.n]!]!),
      rows: null,
      aim: anyMistake(test),
    };
  },
});
