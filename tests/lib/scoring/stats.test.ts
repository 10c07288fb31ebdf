import { describe, expect, it } from 'vitest';
import {
  holmRejects,
  pairedTest,
  reachOfMean,
  standardDeviation,
  studentCdf,
  studentQuantile,
  wilsonInterval,
} from '../../../lib/scoring/stats.ts';

describe("Student's t", () => {
  // Published tables of the t distribution, to ten digits.
  it.each([
    [0.975, 1, 12.7062047362],
    [0.975, 4, 2.7764451052],
    [0.975, 9, 2.2621571628],
    [0.95, 9, 1.8331129327],
    [0.975, 30, 2.042272456],
    [0.995, 5, 4.0321429836],
    [0.975, 2, 4.3026527297],
  ])('quantile %d with %d degrees of freedom is %d', (probability, freedom, t) => {
    expect(studentQuantile(probability, freedom)).toBeCloseTo(t, 8);
    expect(studentQuantile(1 - probability, freedom)).toBeCloseTo(-t, 8);
    expect(studentCdf(t, freedom)).toBeCloseTo(probability, 10);
  });

  it('refuses what is no probability and no count of degrees of freedom', () => {
    expect(() => studentQuantile(1, 3)).toThrow(RangeError);
    expect(() => studentCdf(0, 0)).toThrow(RangeError);
  });
});

it('the standard deviation of a sample divides by n − 1', () =>
  expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 12));

it('the reach of a mean takes t with n − 1 degrees of freedom: of 1, 2, 3 it is 4.3027 / √3', () =>
  expect(reachOfMean([1, 2, 3], 0.975)).toBeCloseTo(4.3026527297 / Math.sqrt(3), 8));

it('one value has no interval', () => expect(reachOfMean([1], 0.975)).toBeNaN());

describe("Wilson's interval", () => {
  // Newcombe 1998, https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E, table I, method 3
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %d in %d', (successes, n, low, high) => {
    const interval = wilsonInterval(successes, n);
    expect([interval.low, interval.high]).toEqual([expect.closeTo(low, 4), expect.closeTo(high, 4)]);
  });

  it('ends at 1 where all succeed, and refuses what is no count', () => {
    expect(wilsonInterval(20, 20).high).toBe(1);
    for (const [successes, n] of [
      [1, 0],
      [3, 2],
      [-1, 2],
    ])
      expect(() => wilsonInterval(successes!, n!)).toThrow(RangeError);
  });
});

it('the paired test is Student’s: t 2.2622 over ten pairs is p .05', () => {
  const pairs = [-1, 1, -1, 1, -1, 1, -1, 1, -1, 1];
  const shift = (2.2621571628 * standardDeviation(pairs)) / Math.sqrt(10);
  expect(pairedTest(pairs.map((value) => value + shift))).toBeCloseTo(0.05, 8);
  expect(pairedTest(pairs.map((value) => value - shift))).toBeCloseTo(0.05, 8);
  expect([pairedTest([0, 0, 0]), pairedTest([1]), pairedTest([2, 2, 2])]).toEqual([1, 1, 0]);
});

it('Holm stops at the first hypothesis that stands, in the order of p, whatever the order given', () => {
  expect(holmRejects([0.03, 0.005, 0.02, 0.02], 0.05)).toEqual([false, true, false, false]); // .005 ≤ .05/4, .02 > .05/3
  expect(holmRejects([0.01, 0.04, 0.02], 0.05)).toEqual([true, true, true]);
  expect(holmRejects([], 0.05)).toEqual([]);
});
