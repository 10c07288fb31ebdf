import { describe, expect, it } from 'vitest';
import { type BySeed, comparedWithFirst } from '../../../lib/scoring/compare.ts';

const seeds = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const by = (of: (seed: number) => number, own = seeds): BySeed => new Map(own.map((seed) => [seed, of(seed)]));
const verdicts = (numbers: Parameters<typeof comparedWithFirst>[0]) =>
  comparedWithFirst(numbers).map((row) => row.map((one) => one?.verdict ?? null));

describe('a comparison with the first entry', () => {
  it('is paired by seed: what both share in a seed hides no difference', () => {
    const shaken = (value: number) => by((seed) => value + 3 * (seed % 2) + 0.01 * Math.sin(seed * value));
    expect(verdicts([[shaken(0.5), shaken(0.6), shaken(0.4)]])).toEqual([['better', 'worse']]);
  });

  it('gives the difference with its own interval, by hand', () => {
    // Differences 1, 2, 3, 4, 5: mean 3, sd √2.5, t(.975, 4) = 2.776445.
    const five = [0, 1, 2, 3, 4];
    const [[compared]] = comparedWithFirst([[by(() => 0, five), by((seed) => seed + 1, five)]]) as [[unknown]];
    const reach = 2.776445105 * Math.sqrt(2.5 / 5);
    expect(compared).toMatchObject({ verdict: 'better', difference: { value: 3, n: 5 } });
    expect((compared as { difference: { low: number } }).difference.low).toBeCloseTo(3 - reach, 6);
  });

  it('allows for how many are tested: a difference that stands alone may fall among many', () => {
    const nothing = by(() => 0);
    const weak = by((seed) => 0.08 + 0.1 * Math.cos(seed * 1.9)); // p about .03
    const equal = by((seed) => 0.1 * Math.cos(seed * 2.4 + 0.3));
    expect(verdicts([[nothing, weak]])).toEqual([['better']]);
    expect(verdicts([[nothing, weak], ...seeds.map(() => [nothing, equal])])[0]).toEqual(['open']);
  });

  it('is over the seeds that both have, none where one has no number, and separates nobody by fewer than five', () => {
    expect(verdicts([[by(() => 0), null]])).toEqual([[null]]);
    expect(verdicts([[null, by(() => 0)]])).toEqual([[null]]);
    expect(verdicts([[by(() => 0, [0, 1]), by((seed) => 1 + seed / 10)]])).toEqual([['open']]);
    const [row] = comparedWithFirst([[by(() => 0, [0, 1]), by(() => 1)]]);
    expect(row![0]!.difference).toEqual({ value: 1, low: null, high: null, n: 2 });
  });
});
