import { beforeAll, describe, expect, test } from 'vitest';
import type { GradientStep, Weights } from '../../../lib/contract/defense.ts';
import { type ShapingId, shapings } from '../../../lib/studies/paper/shapings.ts';
import { shapeOf } from '../../../runner/paper/shape.ts';
import { streamsOf } from '../../../runner/random/rng.ts';
import { createTrainer } from '../../../runner/train/fit.ts';
import { openEngine, type Tf } from '../../../runner/train/tf.ts';
import { toyModel, toyRows } from '../../support/toy.ts';

describe('DP-SGD as the source has it', () => {
  let tf: Tf;
  beforeAll(async () => {
    ({ tf } = await openEngine('wasm'));
  });
  const rows = toyRows(60);
  const model = toyModel([12], { sampling: 'shuffle', batchSize: 20, steps: 6, momentum: 0, schedule: 'constant' });
  const trained = (shape?: (step: GradientStep) => ReturnType<GradientStep['sum']>): Promise<Weights> =>
    createTrainer({ tf, model, streams: streamsOf('toy', 'toy', 0) }).fit(rows, shape ? { shape } : {});
  const shape = (clipNorm: number, noiseStd: number) =>
    shapeOf({ clipNorm, noiseStd }) as (step: GradientStep) => ReturnType<GradientStep['sum']>;

  test('a clipping norm above every gradient is plain training, to the bit; nothing shaped has no shape', async () => {
    expect(await trained(shape(1e6, 0))).toEqual(await trained());
    expect(shapeOf(shapings.none)).toBeUndefined();
  });

  test('no row moves the sum by more than C, the noise comes on the sum, and it is divided by the batch size and not by C', async () => {
    const norms: number[] = [];
    await trained((step) => {
      const shaped = shape(0.05, 0)(step) as ReturnType<GradientStep['sum']>;
      norms.push(shaped.norm());
      return shaped;
    });
    expect(Math.max(...norms)).toBeLessThanOrEqual(0.05 * (1 + 1e-5));
    const noisy: number[] = [];
    await trained((step) => {
      const shaped = shape(1e-9, 2)(step) as ReturnType<GradientStep['sum']>;
      noisy.push(shaped.norm());
      return shaped;
    });
    const coordinates = 30 * 12 + 12 + 12 * 4 + 4;
    expect(noisy[0]! / ((2 * Math.sqrt(coordinates)) / 20)).toBeCloseTo(1, 0);
    expect(Math.abs(noisy[0]! / ((2 * Math.sqrt(coordinates)) / 20) - 1)).toBeLessThan(0.15);
  });
});

test('the noise multiplier of a shaping is its standard deviation over C', () => {
  const sigma = (id: ShapingId) => shapings[id].noiseStd / shapings[id].clipNorm!;
  expect([sigma('noise-0.01'), sigma('noise-0.1')]).toEqual([0.0025, 0.025]);
});
