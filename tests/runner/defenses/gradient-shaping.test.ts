import { beforeAll, describe, expect, test } from 'vitest';
import type { Gradient, GradientStep, ShapeDefense, Weights } from '../../../lib/contract/defense.ts';
import adaptiveClip from '../../../runner/defenses/modules/adaptive-clip.ts';
import batchClip from '../../../runner/defenses/modules/batch-clip.ts';
import clipOnly from '../../../runner/defenses/modules/clip-only.ts';
import clipOnlyTenth from '../../../runner/defenses/modules/clip-only-c0.1.ts';
import dpSgdHalf from '../../../runner/defenses/modules/dp-sgd.ts';
import dpSgdTenth from '../../../runner/defenses/modules/dp-sgd-c0.1-s1.ts';
import dpSgdOne from '../../../runner/defenses/modules/dp-sgd-c1-s1.ts';
import dpSgdTwo from '../../../runner/defenses/modules/dp-sgd-c1-s2.ts';
import dpSgdTwice from '../../../runner/defenses/modules/dp-sgd-k2.ts';
import dpSgdThrice from '../../../runner/defenses/modules/dp-sgd-k3.ts';
import dpSgdFive from '../../../runner/defenses/modules/dp-sgd-k5.ts';
import dpSgdEight from '../../../runner/defenses/modules/dp-sgd-k8.ts';
import medianOfGradients from '../../../runner/defenses/modules/median-of-gradients.ts';
import noiseOnly from '../../../runner/defenses/modules/noise-only.ts';
import { dpSgd } from '../../../runner/defenses/parts/dp-sgd.ts';
import { rootOf, streamsOf } from '../../../runner/random/rng.ts';
import { createTrainer } from '../../../runner/train/fit.ts';
import { FlatGradient } from '../../../runner/train/gradient.ts';
import { medianOf } from '../../../runner/train/median.ts';
import { openEngine, type Tf } from '../../../runner/train/tf.ts';
import { toyModel, toyRows } from '../../support/toy.ts';

let tf: Tf;
beforeAll(async () => {
  ({ tf } = await openEngine('wasm'));
});

const size = 64;
const rows = toyRows(size);
const parameters = 30 * 400 + 400 + 400 * 4 + 4;
const trainer = (recipe = {}) =>
  createTrainer({ tf, model: toyModel([400], recipe), streams: streamsOf('toy', 'toy', 0) });

/** What is made of the first step over all rows, from weights that are so many times the initial ones. */
async function firstStep<T>(look: (step: GradientStep) => T, factor = 1): Promise<T> {
  const seen: T[] = [];
  const host = trainer({ steps: 1, batchSize: size, sampling: 'shuffle' });
  const initial = await host.fit(rows, { shape: (step) => step.noise(0) });
  const init: Weights = initial.map((weight) => ({ ...weight, data: weight.data.map((value) => value * factor) }));
  const shape = (step: GradientStep) => {
    seen.push(look(step));
    return step.noise(0);
  };
  await host.fit(rows, { init, shape });
  return seen[0]!;
}

const minus = (a: Gradient, b: Gradient) => a.plus(b.times(-1));
const standardDeviation = (gradient: Gradient) => gradient.norm() / Math.sqrt(parameters);
const noHost = undefined as never;

describe('the formula of DP-SGD', () => {
  test('C = ∞ and σ = 0 is plain training, to the last bit', async () => {
    const shape = (step: GradientStep) => dpSgd(step, { clippingNorm: Infinity, noiseMultiplier: 0 });
    expect(await trainer().fit(rows, { shape })).toEqual(await trainer().fit(rows));
  });

  test.each([0.01, 1, 100])(
    'the noise has standard deviation σC on the sum, σ/B on what is stepped: C %d',
    async (clippingNorm) => {
      const noise = await firstStep((step) =>
        minus(dpSgd(step, { clippingNorm, noiseMultiplier: 3 }), dpSgd(step, { clippingNorm, noiseMultiplier: 0 })),
      );
      expect(standardDeviation(noise) / (3 / size)).toBeCloseTo(1, 1);
    },
  );

  test('where every gradient is longer than C, what is stepped is the mean of directions, whatever C and however long they are', async () => {
    const [small, smaller, norms] = await firstStep((step) => [
      dpSgd(step, { clippingNorm: 1e-3, noiseMultiplier: 0 }),
      dpSgd(step, { clippingNorm: 1e-4, noiseMultiplier: 0 }),
      step.norms(),
    ]);
    expect(Math.min(...norms)).toBeGreaterThan(1e-3);
    expect(minus(small, smaller).norm()).toBeLessThan(1e-5 * small.norm());
    expect(small.norm()).toBeLessThanOrEqual(1 + 1e-5);
  });

  test('where none is longer, nothing is cut', async () => {
    const plain = (step: GradientStep) => step.sum(new Float32Array(size).fill(1)).times(1 / size);
    const gap = await firstStep(
      (step) =>
        minus(dpSgd(step, { clippingNorm: 1e3, noiseMultiplier: 0 }).times(1e3), plain(step)).norm() /
        plain(step).norm(),
    );
    expect(gap).toBeLessThan(1e-6);
  });
});

test.each<[string, ShapeDefense, number, number]>([
  ['dp-sgd', dpSgdHalf, 1, 0.5],
  ['dp-sgd-c1-s1', dpSgdOne, 1, 1],
  ['dp-sgd-c1-s2', dpSgdTwo, 1, 2],
  ['dp-sgd-c0.1-s1', dpSgdTenth, 0.1, 1],
  ['clip-only', clipOnly, 1, 0],
  ['clip-only-c0.1', clipOnlyTenth, 0.1, 0],
  ['noise-only', noiseOnly, Infinity, 0.5],
])('%s is that formula with its own C and σ', async (_, defense, clippingNorm, noiseMultiplier) => {
  const noise = await firstStep((step) =>
    minus(defense.shape(step, noHost) as Gradient, dpSgd(step, { clippingNorm, noiseMultiplier: 0 })),
  );
  if (noiseMultiplier === 0) expect(noise.norm()).toBe(0);
  else expect(standardDeviation(noise) / (noiseMultiplier / size)).toBeCloseTo(1, 1);
});

describe('batch-clip', () => {
  const look = (step: GradientStep) => ({
    shaped: batchClip.shape(step) as Gradient,
    plain: step.sum(new Float32Array(size).fill(1)).times(1 / size),
  });

  test('leaves a mean gradient of norm 1 at most as it is, but for the noise of DP-SGD', async () => {
    const { shaped, plain } = await firstStep((step) => look(step), 0.1);
    expect(plain.norm()).toBeLessThan(1);
    expect(standardDeviation(minus(shaped, plain)) / (0.5 / size)).toBeCloseTo(1, 1);
  });

  test('turns a longer one into its direction', async () => {
    const { shaped, plain } = await firstStep((step) => look(step), 30);
    expect(plain.norm()).toBeGreaterThan(2);
    expect(standardDeviation(minus(shaped, plain.times(1 / plain.norm()))) / (0.5 / size)).toBeCloseTo(1, 1);
  });
});

test.each<[number, ShapeDefense]>([
  [2, dpSgdTwice],
  [3, dpSgdThrice],
  [5, dpSgdFive],
  [8, dpSgdEight],
])('dp-sgd-k%d steps so many times as far, noise and all', async (length, defense) => {
  const stepped = async (one: ShapeDefense) => {
    const seen: Gradient[] = [];
    const host = trainer({ steps: 1, batchSize: size, sampling: 'shuffle' });
    const shape = async (step: GradientStep) => {
      seen.push(await one.shape(step, noHost));
      return step.noise(0);
    };
    await host.fit(rows, { shape });
    return seen[0]!;
  };
  const [once, longer] = [await stepped(dpSgdHalf), await stepped(defense)];
  expect(minus(longer, once.times(length)).norm()).toBeLessThan(1e-6 * longer.norm());
});

describe('adaptive clipping', () => {
  test('cuts to the median norm: half of the rows are as they were, none is longer', async () => {
    const [norms, own, byHand] = await firstStep((step) => {
      const all = step.norms();
      const median = all.slice().sort()[Math.floor((all.length - 1) / 2)]!;
      const weights = all.map((norm) => Math.min(1, median / norm));
      expect(weights.filter((weight) => weight === 1)).toHaveLength(size / 2);
      return [all, adaptiveClip.shape(step), step.sum(weights).times(1 / size)] as const;
    });
    expect(minus(own, byHand).norm()).toBeLessThan(1e-6 * own.norm());
    expect(own.norm()).toBeLessThanOrEqual(norms.slice().sort()[size / 2]!);
  });

  test('an empty batch steps nowhere', async () => {
    expect(await trainer().fit(rows, { weights: new Float32Array(size), shape: adaptiveClip.shape })).toEqual(
      await trainer().fit(rows, { shape: (step) => step.noise(0) }),
    );
  });
});

describe('the median of gradients', () => {
  /** The median over 40 rows whose gradients are (1, 2), with noise, but (1000, −1000) in so many of the ten shards. */
  const stepped = async (wrong: number) => {
    const rng = rootOf('median');
    const each = Array.from({ length: 40 }, (_, row) =>
      row % 10 < wrong ? [1000, -1000] : [1 + 0.1 * rng.uniform(), 2 + 0.1 * rng.uniform()],
    );
    const gradient = (values: number[]) => new FlatGradient([{ values: Float32Array.from(values), factor: 1 }]);
    const sum = (weights: Float32Array) =>
      gradient([0, 1].map((at) => each.reduce((total, own, row) => total + weights[row]! * own[at]!, 0)));
    const none = () => new Float32Array(each.length);
    const step: GradientStep = {
      ...{ index: 0, size: each.length, expectedSize: each.length, labels: new Int32Array(each.length) },
      ...{ norms: none, dots: none, noise: () => FlatGradient.zero },
      sum,
      median: (list) => medianOf(list, 2),
    };
    const { values } = FlatGradient.wholeOf(medianOfGradients.shape(step))!;
    return [...values];
  };

  test('is not moved by a few shards however far they go, and is theirs once they are more than half', async () => {
    for (const wrong of [0, 1, 4]) {
      const [a, b] = await stepped(wrong);
      expect(a).toBeGreaterThan(1);
      expect(a).toBeLessThan(1.1);
      expect(b).toBeGreaterThan(2);
      expect(b).toBeLessThan(2.1);
    }
    expect(await stepped(6)).toEqual([1000, -1000]);
  });

  test('an empty batch steps nowhere', async () => {
    expect(await trainer().fit(rows, { weights: new Float32Array(size), shape: medianOfGradients.shape })).toEqual(
      await trainer().fit(rows, { shape: (step) => step.noise(0) }),
    );
  });
});
