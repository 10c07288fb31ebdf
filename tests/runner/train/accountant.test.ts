import { describe, expect, test } from 'vitest';
import { epsilonOf, orders, renyiDivergence } from '../../../runner/train/accountant.ts';
import { logErfc } from '../../../runner/train/log-erfc.ts';

describe('ε by RDP', () => {
  test.each([
    // q, σ, steps, δ, ε, order: Opacus' accountant tests, TF-Privacy's tests, and two computed with Opacus
    [0.04, 1.5, 2250, 1e-5, 7.32911117143, 3.9],
    [150 / 60_000, 1.3, 6000, 1e-5, 0.7242234026109595, 19],
    [100 / 100_000, 1.0, 30_000, 1e-7, 1.4154988495444842, 13],
    [256 / 60_000, 1.1, 14_040, 1e-5, 2.594363, null],
    [0.01, 4.0, 10_000, 1e-5, 1.03549, null],
  ])(
    'of q=%f σ=%f steps=%i δ=%f is the published one',
    (samplingRate, noiseMultiplier, steps, delta, epsilon, order) => {
      const found = epsilonOf({ samplingRate, noiseMultiplier, steps, delta });
      expect(Math.abs(found.epsilon - epsilon)).toBeLessThan(1e-6);
      if (order !== null) expect(found.order).toBe(order);
    },
  );

  test.each([
    // The paper's stored models, printed to six digits
    [0.01, 0.1, 200, 1973.86, 5e-6],
    [0.01, 0.025, 300, 248_918, 5e-6],
    [0.01, 0.25, 1200, 157.06, 5e-5],
  ])(
    'with the classic conversion, of q=%f σ=%f steps=%i, is the one of Hong et al. 2020',
    (samplingRate, noiseMultiplier, steps, epsilon, relative) => {
      const found = epsilonOf({ samplingRate, noiseMultiplier, steps, delta: 1e-5, conversion: 'classic' });
      expect(Math.abs(found.epsilon / epsilon - 1)).toBeLessThan(relative);
    },
  );

  test('orders are 1.1 … 10.9 by .1 and 12 … 63', () => {
    expect([orders.length, orders[0], orders[98], orders[99], orders[150]]).toEqual([151, 1.1, 10.9, 12, 63]);
  });

  test('fractional orders join the whole ones smoothly', () => {
    const mechanism = { samplingRate: 0.02, noiseMultiplier: 0.9, steps: 1 };
    for (const order of [2, 3, 7, 10]) {
      const [below, at, above] = [order - 1e-6, order, order + 1e-6].map((one) => renyiDivergence(mechanism, one)) as [
        number,
        number,
        number,
      ];
      expect(Math.abs((below + above) / 2 / at - 1)).toBeLessThan(1e-9);
    }
  });

  test('grows with steps and sampling rate, falls with noise and δ; nothing sampled is nothing spent, no noise is no bound', () => {
    const base = { samplingRate: 0.01, noiseMultiplier: 1, steps: 1000, delta: 1e-5 };
    const { epsilon } = epsilonOf(base);
    expect(epsilonOf({ ...base, steps: 2000 }).epsilon).toBeGreaterThan(epsilon);
    expect(epsilonOf({ ...base, samplingRate: 0.02 }).epsilon).toBeGreaterThan(epsilon);
    expect(epsilonOf({ ...base, noiseMultiplier: 2 }).epsilon).toBeLessThan(epsilon);
    expect(epsilonOf({ ...base, delta: 1e-4 }).epsilon).toBeLessThan(epsilon);
    expect(epsilonOf({ ...base, noiseMultiplier: 0 }).epsilon).toBe(Infinity);
    expect(renyiDivergence({ ...base, samplingRate: 0 }, 2)).toBe(0);
    expect(renyiDivergence({ ...base, samplingRate: 1 }, 2)).toBe(1000);
  });

  test.each([
    { samplingRate: 1.1 },
    { noiseMultiplier: -1 },
    { steps: 1.5 },
    { delta: 0 },
    { samplingRate: Number.NaN },
  ])('refuses %o', (wrong) => {
    expect(() => epsilonOf({ samplingRate: 0.01, noiseMultiplier: 1, steps: 1, delta: 1e-5, ...wrong })).toThrow(
      RangeError,
    );
  });
});

test.each([
  // math.erfc of Python 3.11 (glibc), and for 40 the asymptotic series
  [-3, 0.6931361352504468],
  [0.5, -0.7350111298370844],
  [1.999, -5.360524027545017],
  [2, -5.364941264616638],
  [2.001, -5.369360349189935],
  [10, -102.87988902484489],
  [40, -1604.2615566532745],
])('logErfc(%f)', (x, expected) => {
  expect(Math.abs(logErfc(x) / expected - 1)).toBeLessThan(1e-12);
});
