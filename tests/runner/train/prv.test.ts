import { describe, expect, test } from 'vitest';
import { erfc } from '../../../runner/train/erfc.ts';
import { fourier } from '../../../runner/train/fourier.ts';
import { privacyLosses } from '../../../runner/train/privacy-loss.ts';
import { epsilonBounds } from '../../../runner/train/prv.ts';

describe('ε by PRV', () => {
  test.each([
    // q, σ, steps, δ, lower, ε, upper: Opacus' accountant tests, and two computed with Opacus
    [0.04, 1.5, 2249, 1e-5, null, 6.767045, 6.777395712],
    [256 / 60_000, 1.1, 14_040, 1e-5, 2.369413, 2.379557, 2.389701],
    [0.01, 4.0, 10_000, 1e-5, 0.936809, 0.946873, 0.956936],
  ])(
    'of q=%f σ=%f steps=%i δ=%f is the published one',
    (samplingRate, noiseMultiplier, steps, delta, lower, epsilon, upper) => {
      const found = epsilonBounds({ samplingRate, noiseMultiplier, steps, delta });
      expect(Math.abs(found.epsilon - epsilon)).toBeLessThan(1e-5);
      expect(Math.abs(found.upper - upper)).toBeLessThan(1e-5);
      if (lower !== null) expect(Math.abs(found.lower - lower)).toBeLessThan(1e-5);
    },
  );

  /**
   * Without sampling, steps are one Gaussian mechanism with σ/√steps: Balle and Wang 2018,
   * https://arxiv.org/abs/1805.06530, theorem 8.
   */
  const normal = (x: number) => erfc(-x / Math.SQRT2) / 2;
  const deltaOf = (sigma: number, epsilon: number) =>
    normal(0.5 / sigma - epsilon * sigma) - Math.exp(epsilon) * normal(-0.5 / sigma - epsilon * sigma);
  test.each([
    [1, 1, 1e-5],
    [4, 50, 1e-6],
    [0.3, 2, 1e-5],
    [20, 100, 1e-3],
  ])(
    'holds the exact ε of %f and %i steps at δ=%f without sampling between its bounds, and meets it',
    (noiseMultiplier, steps, delta) => {
      const { lower, epsilon, upper } = epsilonBounds({ samplingRate: 1, noiseMultiplier, steps, delta });
      const sigma = noiseMultiplier / Math.sqrt(steps);
      expect(deltaOf(sigma, lower)).toBeGreaterThan(delta);
      expect(deltaOf(sigma, upper)).toBeLessThan(delta);
      expect(deltaOf(sigma, epsilon) / delta).toBeCloseTo(1, 3);
    },
  );

  test('keeps the mean of a loss that is narrower than the grid: ten thousand steps that hardly sample are one Gaussian mechanism', () => {
    // Central limit of Bu, Dong, Long and Su 2020, https://arxiv.org/abs/1911.11607: σ = 1/(q √(T (e − 1)))
    const sigma = 1 / (1e-5 * Math.sqrt(10_000 * (Math.E - 1)));
    const { epsilon } = epsilonBounds({ samplingRate: 1e-5, noiseMultiplier: 1, steps: 10_000, delta: 1e-5 });
    expect(deltaOf(sigma, epsilon - 0.001)).toBeGreaterThan(1e-5);
    expect(deltaOf(sigma, epsilon + 0.001)).toBeLessThan(1e-5);
  });

  /** One step by plain integration over the outputs, the loss of removing a row and of adding one. */
  const exactDelta = (q: number, sigma: number, epsilon: number) => {
    const density = (x: number, mean: number) =>
      Math.exp((-0.5 * (x - mean) ** 2) / sigma ** 2) / (sigma * Math.sqrt(2 * Math.PI));
    let [removed, added] = [0, 0];
    const step = sigma / 2000;
    for (let x = -12 * sigma; x < 1 + 12 * sigma; x += step) {
      const [without, within] = [density(x, 0), (1 - q) * density(x, 0) + q * density(x, 1)];
      removed += step * Math.max(0, within - Math.exp(epsilon) * without);
      added += step * Math.max(0, without - Math.exp(epsilon) * within);
    }
    return Math.max(removed, added);
  };
  test.each([
    [0.01, 1, 1e-5],
    [0.2, 0.5, 1e-4],
    [0.5, 0.3, 0.4],
  ])(
    'of one step with q=%f σ=%f holds the integral at δ=%f between its bounds',
    (samplingRate, noiseMultiplier, delta) => {
      const { lower, epsilon, upper } = epsilonBounds({ samplingRate, noiseMultiplier, steps: 1, delta });
      expect(exactDelta(samplingRate, noiseMultiplier, upper)).toBeLessThan(delta);
      if (lower > 0) expect(exactDelta(samplingRate, noiseMultiplier, lower)).toBeGreaterThan(delta);
      expect(exactDelta(samplingRate, noiseMultiplier, epsilon) / delta).toBeCloseTo(1, 2);
    },
  );

  test('nothing sampled and no step is nothing spent, no noise is no bound, and a δ near 1 allows everything', () => {
    const run = { samplingRate: 0.01, noiseMultiplier: 1, steps: 10, delta: 1e-5 };
    for (const nothing of [{ samplingRate: 0 }, { steps: 0 }])
      expect(epsilonBounds({ ...run, ...nothing })).toEqual({ lower: 0, epsilon: 0, upper: 0 });
    for (const noiseMultiplier of [0, 1e-160])
      expect(epsilonBounds({ ...run, noiseMultiplier })).toMatchObject({ lower: 0, upper: Infinity });
    expect(epsilonBounds({ ...run, delta: 0.9999 })).toMatchObject({ lower: 0, epsilon: 0 });
  });

  test('is a number with wider bounds where ε is huge, and an error where δ is lost in rounding', () => {
    const { lower, epsilon, upper } = epsilonBounds({
      samplingRate: 0.5,
      noiseMultiplier: 0.01,
      steps: 2,
      delta: 1e-5,
    });
    expect([lower < epsilon, epsilon < upper, epsilon > 9000, upper - lower < 0.02 * epsilon]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(() => epsilonBounds({ samplingRate: 0.01, noiseMultiplier: 1, steps: 100, delta: 1e-13 })).toThrow(
      /delta=1e-13 is too small for 100 steps/,
    );
  });

  test('refuses 1e10 steps: theorem 5.5 allows a grid of 2^20 points 2 · 2^36 / ln(12 / (δ/1000)), here 6.6e9', () =>
    expect(() => epsilonBounds({ samplingRate: 1e-7, noiseMultiplier: 1, steps: 1e10, delta: 1e-5 })).toThrow(
      /10000000000 steps are too many for a grid of 1048576 points/,
    ));

  test.each([{ samplingRate: 1.1 }, { noiseMultiplier: -1 }, { steps: 1.5 }, { delta: 0 }, { delta: 1 }])(
    'refuses %o',
    (wrong) => {
      expect(() => epsilonBounds({ samplingRate: 0.01, noiseMultiplier: 1, steps: 1, delta: 1e-5, ...wrong })).toThrow(
        RangeError,
      );
    },
  );
});

test('the mean loss is the divergence of the two outputs: for q = 1 exactly 1/(2σ²), both ways', () => {
  const { removed, added } = privacyLosses({ samplingRate: 1, noiseMultiplier: 0.7 });
  for (const { meanWithin } of [removed, added]) expect(meanWithin(Infinity)).toBeCloseTo(0.5 / 0.49, 10);
});

describe('the Fourier transform', () => {
  test('is the sum that defines it, and back', () => {
    const n = 16;
    const x = Float64Array.from({ length: n }, (_, j) => Math.sin(j * j) + j);
    const [re, im] = [x.slice(), new Float64Array(n)];
    fourier(re, im);
    for (let k = 0; k < n; k++) {
      expect(re[k]).toBeCloseTo(
        x.reduce((sum, value, j) => sum + value * Math.cos((2 * Math.PI * j * k) / n), 0),
        10,
      );
      expect(im[k]).toBeCloseTo(
        x.reduce((sum, value, j) => sum - value * Math.sin((2 * Math.PI * j * k) / n), 0),
        10,
      );
    }
    fourier(im, re);
    for (let j = 0; j < n; j++) expect(re[j]! / n).toBeCloseTo(x[j]!, 12);
  });

  test('refuses lengths that are no power of two', () =>
    expect(() => fourier(new Float64Array(12), new Float64Array(12))).toThrow(RangeError));
});
