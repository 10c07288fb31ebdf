import { describe, expect, it } from 'vitest';
import { gapOf, largeGaps, type RowGap } from '../../../lib/scoring/gap.ts';
import { rootOf } from '../../../runner/random/rng.ts';
import { naiveWelch } from '../../support/naive-ranks.ts';

const seeds = (...values: number[]) => new Map(values.map((value, seed) => [seed, value]));

describe('the gap between public and season', () => {
  it('worked out by hand: five seeds each, of equal spread', () => {
    // Means .6 and .3; variances .025 each, over five .005 each, together .01; 8 degrees of freedom, t = 2.306.
    const gap = gapOf(seeds(0.4, 0.5, 0.6, 0.7, 0.8), seeds(0.1, 0.2, 0.3, 0.4, 0.5));
    expect(gap.value).toBeCloseTo(0.3, 12);
    expect(gap.high! - gap.value).toBeCloseTo(2.306 * 0.1, 4);
    expect(gap.value - gap.low!).toBeCloseTo(2.306 * 0.1, 4);
    expect(gap.n).toBe(5);
  });

  it('worked out by hand: where only the season varies, its seeds alone give the degrees of freedom', () => {
    // 4 degrees of freedom, t = 2.776, √(.025 / 5) = .0707.
    const gap = gapOf(seeds(...Array(10).fill(0.5)), seeds(0.1, 0.2, 0.3, 0.4, 0.5));
    expect(gap.high! - gap.value).toBeCloseTo(2.7764 * 0.070711, 4);
  });

  it('has an interval whose ends a naive Welch test just rejects at 5 %', () => {
    for (let at = 0; at < 40; at++) {
      const rng = rootOf(`gap ${at}`);
      const draw = (n: number, spread: number) => Array.from({ length: n }, () => (rng.below(1_000) / 1_000) * spread);
      const [shown, season] = [draw(5 + rng.below(8), 0.3), draw(5 + rng.below(8), 0.05 + at / 40)];
      const { value, low, high } = gapOf(seeds(...shown), seeds(...season));
      expect(high! - value).toBeCloseTo(value - low!, 12);
      expect(naiveWelch(shown, season, high! - value)).toBeCloseTo(0.05, 8);
    }
  });

  it('changes its sign with the sides, and has no interval below five seeds, nor any without seeds', () => {
    const [a, b] = [seeds(0.4, 0.5, 0.6, 0.7, 0.9), seeds(0.1, 0.2, 0.3, 0.4, 0.5, 0.6)];
    expect(gapOf(a, b).value).toBeCloseTo(-gapOf(b, a).value, 12);
    expect(gapOf(a, b).low).toBeCloseTo(-gapOf(b, a).high!, 12);
    expect(gapOf(a, seeds(0.1, 0.2))).toMatchObject({ low: null, high: null, n: 2 });
    expect(() => gapOf(a, new Map())).toThrow(/no seeds/);
    expect(gapOf(seeds(...Array(5).fill(0.5)), seeds(...Array(5).fill(0.25)))).toEqual({
      value: 0.25,
      low: 0.25,
      high: 0.25,
      n: 5,
    });
  });
});

describe('a gap is large', () => {
  const row = (id: string, ours: boolean, value: number, reach: number): RowGap => ({
    id,
    ours,
    gap: { value, low: value - reach, high: value + reach, n: 10 },
  });
  const references = [row('x', true, 0.1, 0), row('y', true, 0.2, 0), row('z', true, 0.4, 0)];

  it('where its lower end lies more than .1 above the median of the reference defenses', () => {
    expect(largeGaps([...references, row('a', false, 0.51, 0.2), row('b', false, 0.49, 0.2)])).toEqual(['z', 'a']);
  });

  it('from 0 where there are fewer than three of them, and never where it has no interval', () => {
    const blind: RowGap = { id: 'c', ours: false, gap: { value: 0.9, low: null, high: null, n: 2 } };
    expect(largeGaps([row('a', false, 0.35, 0.2), row('b', false, 0.25, 0.2), blind])).toEqual(['a']);
  });
});
