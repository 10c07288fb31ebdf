import { z } from 'zod';
import { anyMistake } from './aims.ts';
import { rowsAtRate } from './budget.ts';
import { defineAttack } from './define-attack.ts';
import { drawnPairs, partnersOf } from './pairs.ts';
import { countsOf } from './room.ts';

const Params = z.strictObject({
  /** Which other class a row gets: the next one, or the seed's draw, which pairs all classes. */
  partner: z.enum(['next', 'drawn']).default('next'),
});

/**
 * Pair flipping: b·n rows drawn uniformly get the next class, y′ = (y + 1) mod c, or the partner of their own class. It
 * is the pair noise of Han et al. 2018 at rate b. This noise has a direction, so it does not average out as uniform
 * noise does.
 *
 * Threat model: the attacker relabels at most b·n training rows and adds none. It does not choose the rows, and knows
 * nothing but the label set.
 */
export const pairFlip = defineAttack('pair-flip', {
  example: { budget: 0.29, params: {} },
  params: Params,
  poison({ clean, test, budget, params, room, rng }) {
    const { y, classes } = clean;
    const drawn = rng.fork('rows').sample(clean.n, rowsAtRate(clean.n, budget));
    const taken = countsOf(
      drawn.map((row) => y[row]!),
      classes,
    );
    const oneWay = (a: number, b: number) => taken[a]! <= room.labelled[b]! && taken[a]! - taken[b]! <= room.taken[a]!;
    const partner =
      params.partner === 'next'
        ? Int32Array.from({ length: classes }, (_, c) => (c + 1) % classes)
        : partnersOf(
            drawnPairs(classes, classes >> 1, rng.fork('pairs'), (a, b) => oneWay(a, b) && oneWay(b, a)),
            classes,
          );
    const index = drawn.filter((row) => partner[y[row]!] !== -1);
    return {
      index,
      labels: index.map((row) => partner[y[row]!]!),
      rows: null,
      aim: anyMistake(test),
    };
  },
});
