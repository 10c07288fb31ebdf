import { describe, expect, it } from 'vitest';
import type { LabeledSet, Recipe } from '../../../lib/contract/defense.ts';
import { isInside, poisonedMeans, regionOf, usualQuantile } from '../../../runner/craft/attacks/sphere-and-slab.ts';
import { accuracyOf, type BinaryRows, trainLine } from '../../../runner/craft/binary-victim.ts';
import { findPoints } from '../../../runner/craft/find-points.ts';
import { rngOf, rootOf } from '../../../runner/random/rng.ts';
import { batchesOf } from '../../../runner/train/batches.ts';
import { learningRates } from '../../../runner/train/schedule.ts';

const [n, size] = [400, 8];
const noise = rootOf('two classes');
const y = Uint8Array.from({ length: n }, (_, row) => row % 2);
const pixels = Uint8Array.from({ length: n * size }, (_, at) => 60 + 25 * y[Math.floor(at / size)]! + noise.below(100));

describe('trainLine', () => {
  const x = Float32Array.from(pixels, (value) => value / 255);
  const squares = Float64Array.from({ length: n }, (_, row) =>
    x.subarray(row * size, (row + 1) * size).reduce((sum, value) => sum + value * value, 1),
  );
  const rows: BinaryRows = { x, squares, y, size };
  const all = Int32Array.from({ length: n }, (_, row) => row);
  const recipe: Recipe = {
    id: 'core',
    optimizer: 'sgd',
    momentum: 0.9,
    learningRate: 0.1,
    schedule: 'cosine',
    weightDecay: 0,
    sampling: 'poisson',
    batchSize: 32,
    steps: 40,
  };
  const seed = rootOf('batches').hex;

  /** Two outputs, each gradient written out: what recipe and clipping say, word for word. */
  function softmaxRegression(clippingNorm: number): number[] {
    const width = size + 1;
    const [weights, velocity] = [new Float64Array(2 * width), new Float64Array(2 * width)];
    const batches = batchesOf('poisson', n, 32, rngOf(seed));
    for (const rate of learningRates(recipe, recipe.steps)) {
      const sum = new Float64Array(2 * width);
      for (const row of batches()) {
        const inputs = [...x.subarray(row * size, (row + 1) * size), 1];
        const [zero, one] = [0, 1].map((output) =>
          inputs.reduce((total, value, i) => total + value * weights[output * width + i]!, 0),
        );
        const p = 1 / (1 + Math.exp(zero! - one!));
        const deltas = [1 - p - (1 - y[row]!), p - y[row]!];
        const gradient = deltas.flatMap((delta) => inputs.map((value) => delta * value));
        const scale = Math.min(1, clippingNorm / Math.hypot(...gradient));
        for (const [i, value] of gradient.entries()) sum[i]! += scale * value;
      }
      for (let i = 0; i < weights.length; i++) {
        velocity[i] = 0.9 * velocity[i]! + sum[i]! / 32;
        weights[i]! -= rate * velocity[i]!;
      }
    }
    return Array.from({ length: width }, (_, i) => weights[width + i]! - weights[i]!);
  }

  it.each([Number.POSITIVE_INFINITY, 0.5])(
    'is softmax regression with two outputs, each gradient cut to norm %d',
    (clippingNorm) => {
      const line = trainLine(rows, all, recipe, seed, clippingNorm);
      const wanted = softmaxRegression(clippingNorm);
      for (const [i, value] of wanted.entries()) expect(line[i]).toBeCloseTo(value, 10);
      const right = [...all].filter(
        (row) =>
          wanted.reduce((sum, value, i) => sum + value * (i < size ? x[row * size + i]! : 1), 0) > 0 === (y[row] === 1),
      );
      expect(accuracyOf(line, rows, all)).toBe(right.length / n);
    },
  );
});

describe('findPoints', () => {
  const clean: LabeledSet = { n, classes: 2, shape: [size], scale: 255, x: pixels, y: Int32Array.from(y) };

  it('finds points inside sphere and slab around the poisoned means that cost accuracy, the same again', async () => {
    const told: number[] = [];
    const find = () => findPoints('fashion-mnist-3-4', 0.3, clean, (_, best) => told.push(best));
    const found = await find();
    expect(told[0]! - found.accuracy).toBeGreaterThan(0.05);
    expect(found.accuracy).toBe(told.at(-1));
    expect(found.points.length).toBeLessThanOrEqual(4);
    expect(found.points.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    const region = regionOf(clean, usualQuantile);
    const means = poisonedMeans(region, clean, found.points, 120);
    for (const { pixels, label } of found.points) expect(isInside(region, means, pixels, label)).toBe(true);
    expect(await find()).toEqual(found);
  });
});
