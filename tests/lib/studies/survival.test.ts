import { describe, expect, test } from 'vitest';
import { kaplanMeier, type Lifetime, medianLifetime, restrictedMean } from '../../../lib/studies/survival.ts';

const gone = (...times: number[]): Lifetime[] => times.map((time) => ({ time, censored: false }));
const left = (...times: number[]): Lifetime[] => times.map((time) => ({ time, censored: true }));

/** Remission times under 6-MP: Freireich et al. 1963, the textbook example of the estimate. */
const remission = [...gone(6, 6, 6, 7, 10, 13, 16, 22, 23), ...left(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)];

describe('Kaplan and Meier’s estimate', () => {
  test('is the published one for the remission data', () => {
    const survival = Object.fromEntries(
      kaplanMeier(remission).map((step) => [step.time, Number(step.survival.toFixed(4))]),
    );
    expect(survival).toEqual({ 6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482 });
  });

  test('its median there is 23, and lies between 13 and what was not watched any more', () => {
    expect(medianLifetime(remission)).toEqual({ value: 23, low: 13, high: null });
  });

  test('without censoring it is the plain share', () =>
    expect(kaplanMeier(gone(1, 2, 2, 4)).map(({ survival }) => survival)).toEqual([0.75, 0.25, 0]));

  test('a median that half never reached is unknown', () =>
    expect(medianLifetime([...gone(1), ...left(100, 100, 100)]).value).toBeNull());
});

describe('the restricted mean', () => {
  test('without censoring is the mean of min(T, horizon)', () =>
    expect(restrictedMean(gone(1, 2, 4, 200), 101)).toBeCloseTo((1 + 2 + 4 + 101) / 4, 12));
  test('what was censored at the horizon counts as it', () =>
    expect(restrictedMean([...gone(1), ...left(100)], 101)).toBeCloseTo((1 + 101) / 2, 12));
});
