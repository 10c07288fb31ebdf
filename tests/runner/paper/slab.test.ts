import { describe, expect, test } from 'vitest';
import { rowsAtRate } from '../../../runner/craft/attacks/budget.ts';
import { loadDataset } from '../../../runner/datasets/index.ts';
import { dataPath } from '../../../runner/host/places.ts';
import { isFeasible, radiiOf, type SlabPoint } from '../../../runner/paper/slab/feasible.ts';
import { poisons, rowsOf } from '../../../runner/paper/slab/points.ts';
import { rowsOfSet } from '../../../runner/paper/slab/rows-of-set.ts';
import { trainVictim } from '../../../runner/paper/slab/victim.ts';
import { rootOf } from '../../../runner/random/rng.ts';
import { requires } from '../../support/requires.ts';
import { toyRows } from '../../support/toy.ts';

const clean = {
  ...toyRows(300, 'slab', 2),
  shape: [7, 4, 1],
  x: toyRows(300, 'slab', 2).x.filter((_, at) => at % 30 < 28),
};
const rows = rowsOfSet(clean);

describe('the sanitizer', () => {
  const radii = radiiOf(rows, 0.65);
  const pointAt = (label: 0 | 1, x: Uint8Array, copies = 1): SlabPoint => ({ label, copies, x });
  const meanPoint = (label: 0 | 1) =>
    pointAt(
      label,
      Uint8Array.from(radii.means[label], (value) => Math.round(value * 255)),
    );

  test('lets 65 of 100 clean rows of a class into its sphere, a class’s own mean, and not the other class’s', () => {
    const ones = [...Array(300).keys()].filter((row) => clean.y[row] === 1);
    const inside = ones.filter(
      (row) =>
        Math.hypot(...rows.x.subarray(28 * row, 28 * row + 28).map((value, at) => value - radii.means[1][at]!)) <=
        radii.sphere[1] + 1e-6,
    );
    expect(inside.length / ones.length).toBeCloseTo(0.65, 1);
    expect(isFeasible(radii, [meanPoint(0), meanPoint(1)], 255)).toBe(true);
    expect(isFeasible(radii, [{ ...meanPoint(0), label: 1 }], 255)).toBe(false);
  });

  test('is taken around the poisoned means: much poison draws them to where it lies', () => {
    const between = Uint8Array.from(radii.means[0], (value, at) =>
      Math.round(255 * (0.35 * value + 0.65 * radii.means[1][at]!)),
    );
    expect([1, 3000].map((copies) => isFeasible(radii, [pointAt(0, between, copies)], 255))).toEqual([false, true]);
  });
});

describe('the victim of the search', () => {
  const ground = { train: rows, judge: rows, batchSize: 20 };
  const train = (points: SlabPoint[], enough = 1) =>
    trainVictim(ground, points, { scale: 255, clipNorm: 0.1, enough, rng: rootOf('victim') });

  test('learns clean rows, suffers from poison, and is the same every time', () => {
    const bright = Uint8Array.from({ length: 28 }, (_, at) => (at < 7 ? 200 : 20));
    const poison: SlabPoint[] = [{ label: 1, copies: 600, x: bright }];
    expect(train([]).accuracy).toBeGreaterThan(0.98);
    expect(train(poison).accuracy).toBeLessThan(0.8);
    expect(train(poison)).toEqual(train(poison));
  });

  test('stops once it is good enough', () => expect(train([], 0.5).accuracy).toBeLessThanOrEqual(train([]).accuracy));
});

describe.runIf(requires('fashion-mnist'))('the poison that is committed', () => {
  test('has at most four points, as many copies as its rate allows, and passes the sanitizer', async () => {
    const { train } = await loadDataset('fashion-mnist-3-4', dataPath());
    const radii = radiiOf(rowsOfSet(train), 0.65);
    expect(poisons.map(({ rate }) => rate)).toEqual([0.4, 0.2, 0.1]);
    for (const { rate, points } of poisons) {
      expect(points.length).toBeLessThanOrEqual(4);
      expect(rowsOf(points).y.length).toBe(rowsAtRate(train.n, rate));
      expect(isFeasible(radii, points, train.scale)).toBe(true);
    }
  });
});
