import { describe, expect, test } from 'vitest';
import { rootOf } from '../../../runner/random/rng.ts';
import { batchesOf, binomial } from '../../../runner/train/batches.ts';

describe('Poisson batches', () => {
  const [n, size, draws] = [60, 12, 20_000];
  const next = batchesOf('poisson', n, size, rootOf('poisson'));
  const counts = new Int32Array(n);
  const pairs = new Int32Array(n - 1);
  const sizes: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const rows = new Set(next());
    sizes.push(rows.size);
    for (const row of rows) counts[row]!++;
    for (let row = 1; row < n; row++) if (rows.has(row) && rows.has(row - 1)) pairs[row - 1]!++;
  }
  const within = (count: number, chance: number) =>
    Math.abs(count - draws * chance) < 4.5 * Math.sqrt(draws * chance * (1 - chance));

  test('hold each row with the same chance', () => {
    expect(counts.every((count) => within(count, 0.2))).toBe(true);
  });

  test('hold neighbors independently of each other', () => {
    expect(pairs.every((count) => within(count, 0.04))).toBe(true);
  });

  test('have the size of the binomial law, mean and variance', () => {
    const mean = sizes.reduce((sum, value) => sum + value, 0) / draws;
    const variance = sizes.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws;
    expect(Math.abs(mean - 12)).toBeLessThan(4 * Math.sqrt(9.6 / draws));
    expect(Math.abs(variance / 9.6 - 1)).toBeLessThan(4 * Math.sqrt(2 / draws));
  });

  test('are all rows where the batch is as large as the set, and none of none', () => {
    expect(Array.from(batchesOf('poisson', 3, 5, rootOf('all'))())).toEqual([0, 1, 2]);
    expect(batchesOf('poisson', 0, 5, rootOf('none'))().length).toBe(0);
  });

  test('come out the same from the same stream', () => {
    const [a, b] = [batchesOf('poisson', 1000, 30, rootOf('same')), batchesOf('poisson', 1000, 30, rootOf('same'))];
    for (let draw = 0; draw < 10; draw++) expect(a().slice()).toEqual(b().slice());
  });
});

test.each([
  [60_000, 256 / 60_000],
  [10, 0.5],
  [100, 0.999],
  [7, 0.01],
])('the binomial law of %i and %f adds up and has its mean and variance', (n, rate) => {
  const { first, shares } = binomial(n, rate);
  const chances = shares.map((share, index) => share - (index ? shares[index - 1]! : 0));
  const mean = chances.reduce((sum, chance, index) => sum + chance * (first + index), 0);
  const variance = chances.reduce((sum, chance, index) => sum + chance * (first + index - mean) ** 2, 0);
  expect(shares.at(-1)).toBe(1);
  expect(Math.abs(mean / (n * rate) - 1)).toBeLessThan(1e-10);
  expect(Math.abs(variance / (n * rate * (1 - rate)) - 1)).toBeLessThan(1e-9);
});

describe('shuffled batches', () => {
  test('hold each row at most once an epoch, the rest of the order left out', () => {
    const next = batchesOf('shuffle', 10, 3, rootOf('shuffled'));
    const epochs = [0, 1].map(() => [0, 1, 2].flatMap(() => Array.from(next())));
    for (const rows of epochs) {
      expect(rows).toHaveLength(9);
      expect(new Set(rows).size).toBe(9);
    }
    expect(epochs[0]).not.toEqual(epochs[1]);
  });

  test('of fewer rows than a batch are all of them', () => {
    const next = batchesOf('shuffle', 2, 3, rootOf('few'));
    expect([Array.from(next()).sort(), Array.from(next()).sort()]).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });
});
