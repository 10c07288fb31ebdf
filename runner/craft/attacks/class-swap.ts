import { z } from 'zod';
import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { swapped } from './aims.ts';
import { rowsAtRate } from './budget.ts';
import { surestFirst } from './confidence-flip.ts';
import { defineAttack } from './define-attack.ts';
import { drawnPairs, partnersOf } from './pairs.ts';
import { countsOf } from './room.ts';

const Params = z.strictObject({
  /** Pairs of classes that are attacked in one run; another draw of them each seed. */
  pairs: z.int().positive(),
});

/**
 * Class swap. In both classes of a pair, the rows that a clean surrogate is surest of get the label of the other class:
 * a share b of each class. A bias between the two classes wins for one what it loses for the other.
 *
 * Threat model: the attacker relabels rows of the classes that it chooses and adds none. It has the training rows and a
 * model of the same kind. It does not know the seed.
 */
export const classSwap = defineAttack('class-swap', {
  example: { budget: 0.4, params: { pairs: 2 }, spares: true },
  params: Params,
  allowance: rowsAtRate,
  async poison({ clean, test, budget, params: { pairs }, room, rng, surrogate }) {
    const counts = countsOf(clean.y, clean.classes);
    const moved = (label: number) => rowsAtRate(counts[label]!, budget);
    const oneWay = (a: number, b: number) => moved(a) <= room.labelled[b]! && moved(a) - moved(b) <= room.taken[a]!;
    const fits = (a: number, b: number) => oneWay(a, b) && oneWay(b, a);
    const partner = partnersOf(drawnPairs(clean.classes, pairs, rng.fork('pairs'), fits), clean.classes);
    const surest = surestFirst(clean, await surrogate());
    const index = Int32Array.from(
      [...partner.entries()].flatMap(([label, other]) =>
        other === -1 ? [] : [...surest.filter((row) => clean.y[row] === label).subarray(0, moved(label))],
      ),
    );
    return {
      index,
      labels: index.map((row) => partner[clean.y[row]!]!),
      rows: null,
      aim: swapped(test, rowsOf(test, partner), partner),
    };
  },
});

/** The rows of classes that have a partner. */
const rowsOf = ({ y }: LabeledSet, partner: Int32Array) =>
  Int32Array.from([...y.keys()].filter((row) => partner[y[row]!] !== -1));
