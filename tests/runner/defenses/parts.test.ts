import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { centered } from '../../../runner/defenses/parts/features.ts';
import { highest, leavingOut, rowsByLabel } from '../../../runner/defenses/parts/labels.ts';
import { lastLayerOf, outlierScores } from '../../../runner/defenses/parts/last-layer.ts';
import { along, principalDirections } from '../../../runner/defenses/parts/principal.ts';
import { softmax } from '../../../runner/defenses/parts/softmax.ts';
import { smallerOfTwo } from '../../../runner/defenses/parts/two-means.ts';
import { rootOf, streamsOf } from '../../../runner/random/rng.ts';
import { createTrainer } from '../../../runner/train/fit.ts';
import { openEngine, type Tf } from '../../../runner/train/tf.ts';
import { gradientOf } from '../../support/reference-network.ts';
import { toyModel, toyRows } from '../../support/toy.ts';

let tf: Tf;
beforeAll(async () => {
  ({ tf } = await openEngine('wasm'));
});

describe('rows by their label', () => {
  test('every label has its rows, also none', () => {
    expect(rowsByLabel({ y: Int32Array.of(2, 0, 2), classes: 4 })).toEqual([[1], [], [0, 2], []]);
  });

  test('the highest scores go first, ties by place, and never more than half', () => {
    expect(highest([7, 8, 9, 10, 11], [1, 3, 3, 0, 5], 3.9)).toEqual([11, 8]);
    expect(highest([7, 8, 9, 10, 11, 12], [1, 3, 3, 0, 5, 1], 3)).toEqual([11, 8, 9]);
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true })), fc.nat(100), (scores, count) => {
        expect(highest(scores, scores, count).length).toBe(Math.min(count, Math.floor(scores.length / 2)));
      }),
    );
  });

  test('what is left out has weight 0, the rest 1', () => {
    expect([...leavingOut([1, 3, 3], 4)]).toEqual([1, 0, 1, 0]);
  });
});

describe('principal directions', () => {
  const [rows, width] = [400, 6];
  const deviations = [1, 5, 0.5, 3, 0, 2];
  const noise = rootOf('principal').gaussians(rows * width, 1);
  const matrix = Float32Array.from(noise, (value, at) => value * deviations[at % width]! + 10);
  const spread = centered(
    matrix,
    width,
    Array.from({ length: rows }, (_, row) => row),
  );

  test('a centered matrix has columns of mean 0', () => {
    for (let column = 0; column < width; column++) {
      const sum = spread.reduce((total, value, at) => (at % width === column ? total + value : total), 0);
      expect(Math.abs(sum / rows)).toBeLessThan(1e-5);
    }
  });

  test('are orthonormal, the axes of most variance first, and no chance is in them', () => {
    const found = principalDirections(tf, spread, width, 3);
    expect(found.map((direction) => direction.map(Math.abs).indexOf(Math.max(...direction.map(Math.abs))))).toEqual([
      1, 3, 5,
    ]);
    for (const [i, a] of found.entries())
      for (const [j, b] of found.entries())
        expect(a.reduce((sum, value, at) => sum + value * b[at]!, 0)).toBeCloseTo(i === j ? 1 : 0, 6);
    expect(along(spread, found[0]!).reduce((sum, value) => sum + value * value, 0) / rows).toBeCloseTo(25, -1);
    expect(principalDirections(tf, spread, width, 3)).toEqual(found);
  });

  test('of points that are all one there are none', () => {
    expect(principalDirections(tf, new Float32Array(12), 3, 2)).toEqual([new Float64Array(3), new Float64Array(3)]);
  });
});

test('probabilities add up to 1 and keep the order, also of logits that would overflow', () => {
  const shares = softmax(Float32Array.of(1000, 1001, -1000));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  expect(shares[1]! / shares[0]!).toBeCloseTo(Math.E, 6);
  expect(shares[2]).toBe(0);
});

describe('two clusters', () => {
  test('the smaller is found, wherever it lies', () => {
    const rng = rootOf('clusters');
    const axes = [0, 1, 2].map(() => Float64Array.from(rng.gaussians(100, 1)));
    for (const axis of axes) for (let place = 20; place < 30; place++) axis[place]! -= 12;
    expect(smallerOfTwo(axes)).toEqual(Array.from({ length: 10 }, (_, index) => 20 + index));
  });

  test('of points that are all one the smaller is empty', () => {
    expect(smallerOfTwo([new Float64Array(5), new Float64Array(5)])).toEqual([]);
  });
});

test('outlier scores are the squared projections of whole gradients, written out in float64, on their top singular vector', async () => {
  const model = toyModel([]);
  const set = toyRows(120);
  for (let row = 0; row < 120; row += 8) set.y[row] = (set.y[row]! + 1) % 4;
  const host = createTrainer({ tf, model, streams: streamsOf('toy', 'toy', 0) });
  const weights = await host.fit(set);
  const rows = Array.from(set.y.keys()).filter((row) => set.y[row] === 2);
  const scores = outlierScores(tf, lastLayerOf(rows, host.features(weights, set), host.logits(weights, set), set));
  const gradients = rows.map((row) => gradientOf(model, weights, set, row));
  const width = gradients[0]!.length;
  const spread = centered(Float32Array.from(gradients.flatMap((gradient) => [...gradient])), width, [...rows.keys()]);
  const wanted = along(spread, principalDirections(tf, spread, width, 1)[0]!).map(
    (projection) => projection * projection,
  );
  const most = Math.max(...wanted);
  for (const [place, score] of scores.entries()) expect(Math.abs(score - wanted[place]!)).toBeLessThan(1e-3 * most);
});
