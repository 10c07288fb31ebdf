import { describe, expect, it } from 'vitest';
import { plans } from '../../../../lib/catalog/plans/index.ts';
import { probes } from '../../../../lib/catalog/probes.ts';
import type { LabeledSet } from '../../../../lib/contract/defense.ts';
import { drawRows, exchangeFor, roomIn } from '../../../../runner/craft/drawn-rows.ts';
import { craftedInSeason } from '../../../../runner/craft/season/probes/index.ts';
import { takeRows } from '../../../../runner/datasets/rows.ts';
import { rootOf } from '../../../../runner/random/rng.ts';

const classes = 10;
/** So many rows of each class: noise that is as bright as its class is high. */
function noise(each: number, name: string): LabeledSet {
  const n = each * classes;
  const y = Int32Array.from({ length: n }, (_, row) => row % classes);
  const x = rootOf(name)
    .bytes(n * 36)
    .map((value, at) => (value >> 3) + 20 * y[Math.floor(at / 36)]!);
  return { n, classes, shape: [6, 6, 1], scale: 255, x, y };
}
/** The smallest classes that a set of 30,000 rows is drawn from, so the smallest reserve. */
const train = noise(5_000, 'train');
const test = noise(200, 'test');

/** A model that is surest of two classes, and thinks a third next likely for nearly all rows. */
function lopsided({ y }: LabeledSet): Float64Array {
  const probabilities = new Float64Array(y.length * classes).fill(0.01);
  for (const [row, label] of y.entries()) {
    probabilities[row * classes + (label === 3 ? 4 : 3)] = 0.05;
    probabilities[row * classes + label] = label < 2 ? 0.9 : 0.5;
  }
  return probabilities;
}

const scenarios = Object.entries({ ...plans, season: { scenarios: probes } }).flatMap(([plan, { scenarios }]) =>
  scenarios.map(({ attack, budgets, params = {} }) => ({
    name: `${plan}: ${attack} ${budgets}`,
    attack,
    budgets,
    params,
  })),
);

describe.each(scenarios)('$name', ({ attack, budgets, params }) => {
  it.each([0, 1])('leaves the label histogram of a drawn set as it is, at every budget, seed %i', async (seed) => {
    const rows = drawRows(train.y, rootOf(`draw ${seed}`));
    const clean = takeRows(train, rows.base);
    for (const budget of budgets) {
      const poison = await craftedInSeason(attack).poison({
        clean,
        test,
        room: roomIn(rows),
        budget,
        params,
        rng: rootOf(`attack ${seed}`),
        candidates: Int32Array.from(test.y.keys()),
        points: [],
        surrogate: async () => lopsided(clean),
      });
      expect(poison.index.length).toBeGreaterThan(0);
      expect(() => exchangeFor(rows, poison)).not.toThrow();
    }
  });
});
