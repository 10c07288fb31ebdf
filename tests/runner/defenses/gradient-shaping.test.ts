import { beforeAll, describe, expect, test } from 'vitest';
import type { Gradient, GradientStep, ShapeDefense, Weights } from '../../../lib/contract/defense.ts';
import batchClip from '../../../runner/defenses/modules/batch-clip.ts';
import clipOnly from '../../../runner/defenses/modules/clip-only.ts';
import clipOnlyTenth from '../../../runner/defenses/modules/clip-only-c0.1.ts';
import dpSgdHalf from '../../../runner/defenses/modules/dp-sgd.ts';
import dpSgdTenth from '../../../runner/defenses/modules/dp-sgd-c0.1-s1.ts';
import dpSgdOne from '../../../runner/defenses/modules/dp-sgd-c1-s1.ts';
import dpSgdTwo from '../../../runner/defenses/modules/dp-sgd-c1-s2.ts';
import noiseOnly from '../../../runner/defenses/modules/noise-only.ts';
import { dpSgd } from '../../../runner/defenses/parts/dp-sgd.ts';
import { streamsOf } from '../../../runner/random/rng.ts';
import { createTrainer } from '../../../runner/train/fit.ts';
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
