import { describe, expect, it } from 'vitest';
import { reachOfMean, standardDeviation, studentCdf, studentQuantile, wilsonInterval } from '../../../lib/benchmark/stats.ts';

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

it('the standard deviation of a sample divides by n − 1', () => expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 12));

it('one value has no interval', () => expect(reachOfMean([1], 0.975)).toBeNaN());

describe('the Wilson interval', () => {
  // Brown, Cai and DasGupta 2001, and the closed form at the ends: [0, z²/(n + z²)].
  it.each([
    [0, 10, 0, 0.27753],
    [10, 10, 0.72247, 1],
    [5, 10, 0.23659, 0.76341],
    [34, 73, 0.35592, 0.57901],
  ])('%i of %i', (successes, n, low, high) => {
    const interval = wilsonInterval(successes, n);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });
  it('of nothing there is none', () => expect(() => wilsonInterval(0, 0)).toThrow(RangeError));
});
