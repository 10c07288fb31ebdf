import { describe, expect, test } from 'vitest';
import { epsilonOf, isLastOrder, orders, renyiDivergence } from '../../../runner/train/accountant.ts';
import { erfc } from '../../../runner/train/erfc.ts';
import { logMoment } from '../../../runner/train/log-moment.ts';

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
    'with the classic conversion and orders from 1.1, of q=%f σ=%f steps=%i, is the one of Hong et al. 2020',
    (samplingRate, noiseMultiplier, steps, epsilon, relative) => {
      const mechanism = { samplingRate, noiseMultiplier, steps };
      const onItsGrid = orders.map((order) => renyiDivergence(mechanism, order) + Math.log(1e5) / (order - 1));
      expect(Math.abs(Math.min(...onItsGrid) / epsilon - 1)).toBeLessThan(relative);
      const found = epsilonOf({ ...mechanism, delta: 1e-5, conversion: 'classic' });
      expect(found.epsilon).toBeLessThanOrEqual(Math.min(...onItsGrid));
    },
  );

  test.each([
    // q, σ, steps, δ, ε at order 128 and 1024 of dp-accounting 0.6.0 with orders to 1024
    [256 / 60_000, 4, 702, 1e-5, 0.09930809244340047],
    [256 / 60_000, 50, 702, 1e-5, 0.006123737411240134],
  ])(
    'of q=%f σ=%f steps=%i δ=%f, whose best order is above 63, is at most the one of orders to 1024',
    (samplingRate, noiseMultiplier, steps, delta, epsilon) => {
      const found = epsilonOf({ samplingRate, noiseMultiplier, steps, delta });
      expect(found.epsilon).toBeLessThanOrEqual(epsilon);
      expect(found.epsilon).toBeGreaterThan(0.95 * epsilon);
      expect(isLastOrder(found.order)).toBe(false);
    },
  );

  test('of very much noise and a tiny δ says that no farther order was tried', () => {
    const found = epsilonOf({ samplingRate: 1e-6, noiseMultiplier: 100, steps: 1000, delta: 1e-12 });
    expect([isLastOrder(found.order), found.epsilon < 0.001]).toEqual([true, true]);
  });

  test.each([
    [{ samplingRate: 1e-6, noiseMultiplier: 0.3, steps: 1, delta: 0.1 }],
    [{ samplingRate: 1e-6, noiseMultiplier: 0.3, steps: 1, delta: 1e-6 }],
    [{ samplingRate: 0.01, noiseMultiplier: 0, steps: 10, delta: 0.096 }],
    [{ samplingRate: 1e-6, noiseMultiplier: 10, steps: 1_000_000, delta: 0.01 }],
  ])('is 0 where δ alone covers all that the steps reveal: %o', (run) => expect(epsilonOf(run).epsilon).toBe(0));

  test.each([
    // By mpmath 1.4.1, the integral with 40 digits
    [0.02, 0.9, 3.9, 0.0066027909144772],
    [1e-6, 100, 2.5, 1.8750937532188e-16],
    [0.01, 0.025, 1.1, 82.934312795413],
    [0.5, 0.3, 1.5, 3.1453715446025],
    [1e-4, 0.3, 1.3, 1.2735086588373e-5],
    [0.9, 2, 7.7, 5.7992395823873],
    [1e-6, 0.2, 1.0001, 1.1932892157439e-10],
    [0.3, 50, 10.9, 0.0019441875174446],
    [0.2, 0.05, 1.2, 46.068674505079],
    [0.1, 0.07, 2.3, 299.80609510244],
  ])('rests on the moment of q=%f σ=%f order %f to twelve digits', (q, sigma, order, expected) => {
    expect(Math.abs(logMoment(q, sigma, order) / expected - 1)).toBeLessThan(1e-12);
  });

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
  // math.erfc of Python 3.11 (glibc)
  [-3, 1.9999779095030015],
  [0.5, 0.4795001221869535],
  [2, 0.004677734981047266],
  [2.001, 0.00465710928147535],
  [10, 2.088487583762545e-45],
])('erfc(%f)', (x, expected) => {
  expect(Math.abs(erfc(x) / expected - 1)).toBeLessThan(1e-12);
});
