import { describe, expect, test } from 'vitest';
import { mixtures } from '../../../runner/defenses/modules/mixup.ts';
import { beta } from '../../../runner/defenses/parts/beta.ts';
import { rootOf } from '../../../runner/random/rng.ts';
import { toyRows } from '../../support/toy.ts';

const uniform = (name: string) => {
  const rng = rootOf(name);
  return () => rng.uniform();
};

test.each([0.05, 0.2, 1, 4])('draws of Beta(a, a) have mean 1/2 and variance 1 / (4 (2a + 1)): a = %f', (a) => {
  const draws = Array.from(
    { length: 20_000 },
    (
      (source) => () =>
        beta(a, source)
    )(uniform(`beta ${a}`)),
  );
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
  expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...draws)).toBeLessThanOrEqual(1);
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.02);
  expect(variance * 4 * (2 * a + 1)).toBeCloseTo(1, 1);
});

describe('mixtures', () => {
  const train = toyRows(50);
  const { mixed, targets } = mixtures(train, uniform('mixtures'));

  test('are two for each row, with targets that add up to 1 and name two classes at most', () => {
    expect([mixed.n, mixed.x.length, mixed.y.length, targets.length]).toEqual([100, 3000, 100, 400]);
    for (let row = 0; row < mixed.n; row++) {
      const own = targets.subarray(4 * row, 4 * row + 4);
      expect(own.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
      expect(own.filter((share) => share > 0).length).toBeLessThanOrEqual(2);
      expect(own[train.y[row % 50]!]).toBeGreaterThan(0);
      expect(own[mixed.y[row]!]).toBeGreaterThanOrEqual(0.5 - 1e-6);
    }
  });

  test('mix the pixels by the same shares: the bright spot of each class shines by its target', () => {
    for (let row = 0; row < mixed.n; row++)
      for (let label = 0; label < 4; label++) {
        const spot = mixed.x.subarray(30 * row + 7 * label, 30 * row + 7 * label + 7);
        const share = targets[4 * row + label]!;
        for (const pixel of spot) {
          expect(pixel).toBeGreaterThanOrEqual(Math.floor(200 * share) - 1);
          expect(pixel).toBeLessThanOrEqual(Math.ceil(200 * share + 63 * (1 - share)) + 1);
        }
      }
  });
});
