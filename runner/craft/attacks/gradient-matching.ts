import { z } from 'zod';
import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { rowSize, takeRows } from '../../datasets/rows.ts';
import { everyClass } from './aims.ts';
import { rowsAtRate } from './budget.ts';
import { defineAttack } from './define-attack.ts';
import { matchGradients } from './match-gradients.ts';
import { rememberLatest } from './remember.ts';
import { fitSurrogate, probabilitiesOf, type Surrogate } from './surrogate.ts';

const Params = z.strictObject({
  /** Targets attacked in one run, each with as many rows; another draw of them each seed. */
  targets: z.int().positive(),
  /** How far a pixel may move, out of 255. */
  epsilon: z.int().min(1).max(255),
});

const known = rememberLatest<Surrogate>();

/**
 * Gradient matching, Witches' Brew of Geiping et al. 2021: rows of the class that a target is to be called are changed,
 * at most ε per pixel, so that they pull a model as the target under that label would. They keep their label, and the
 * target itself is nowhere in the training set. The wished label is the one that the attacker's own model thinks next
 * likely. Its rows of the largest gradients are taken. Threat model: the attacker changes at most b·n training rows and
 * no label; it has the training rows, the targets and a model of its own, a softmax regression, and knows neither the
 * victim's model nor the seed.
 */
export const gradientMatching = defineAttack('gradient-matching', {
  example: { budget: 0.2, params: { targets: 5, epsilon: 32 } },
  params: Params,
  async poison({ clean, test, budget, params: { targets, epsilon }, room, candidates, rng }) {
    const own = rng.fork('surrogate');
    const weights = await known(clean, own.hex, () => fitSurrogate(clean, own));
    const k = Math.floor(rowsAtRate(clean.n, budget) / targets);
    const free = steepestFirst(clean, weights).map((rows, c) => rows.slice(0, room.labelled[c]));
    const brews: { target: number; wanted: number; index: Int32Array; rows: Uint8Array }[] = [];
    for (const target of rng.fork('targets').shuffle(candidates.slice())) {
      if (brews.length === targets) break;
      const wished = takeRows(test, [target]);
      const wanted = nextLikely(wished, weights);
      if (free[wanted]!.length < k) continue;
      const index = Int32Array.from(free[wanted]!.splice(0, k));
      const start = rng.fork(`start ${brews.length}`);
      const called = { ...wished, y: Int32Array.of(wanted) };
      brews.push({
        target,
        wanted,
        index,
        rows: matchGradients(takeRows(clean, index), called, weights, epsilon, start),
      });
      await new Promise(setImmediate); // lets a signal through
    }
    if (brews.length < targets)
      throw new RangeError(
        `gradient-matching: ${brews.length} targets have ${k} rows of the class they are to be called`,
      );
    const rows = new Uint8Array(targets * k * rowSize(clean));
    for (const [i, brew] of brews.entries()) rows.set(brew.rows, i * brew.rows.length);
    return {
      index: Int32Array.from(brews.flatMap(({ index }) => [...index])),
      labels: Int32Array.from(brews.flatMap(({ wanted, index }) => Array.from(index, () => wanted))),
      rows,
      aim: {
        attacked: Int32Array.from(brews, ({ target }) => target),
        wanted: Int32Array.from(brews, ({ wanted }) => wanted),
        trigger: null,
        others: everyClass(clean.classes),
      },
    };
  },
});

/** The rows of each class, those of the largest loss gradients first. */
function steepestFirst(clean: LabeledSet, weights: Surrogate): number[][] {
  const { n, classes, y } = clean;
  const probabilities = probabilitiesOf(clean, weights);
  const steepness = Float64Array.from({ length: n }, (_, row) => {
    let squares = 0;
    for (let c = 0; c < classes; c++) {
      const delta = probabilities[row * classes + c]! - (c === y[row] ? 1 : 0);
      squares += delta * delta;
    }
    return squares;
  });
  return Array.from({ length: classes }, (_, c) =>
    [...y.keys()].filter((row) => y[row] === c).sort((a, b) => steepness[b]! - steepness[a]! || a - b),
  );
}

/** The likeliest class but the row's own, of equals the smaller. */
function nextLikely(row: LabeledSet, weights: Surrogate): number {
  const probabilities = probabilitiesOf(row, weights);
  probabilities[row.y[0]!] = -1;
  return probabilities.indexOf(probabilities.reduce((most, p) => Math.max(most, p), -1));
}
