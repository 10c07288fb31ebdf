import { describe, expect, it } from 'vitest';
import { type Contender, placesOf } from '../../../lib/scoring/ranks.ts';
import { rootOf } from '../../../runner/random/rng.ts';
import { naivePlaces } from '../../support/naive-ranks.ts';

const of = (id: string, values: readonly number[], collapsed = false): Contender => ({
  id,
  collapsed,
  bySeed: new Map(values.map((value, seed) => [seed, value])),
});
const placed = (entries: readonly Contender[]) =>
  Object.fromEntries([...placesOf(entries)].map(([id, { rank, tied }]) => [id, { rank, tied: [...tied].sort() }]));

/** A board of that many entries over ten seeds: levels a few hundredths apart, noise of each, and of each seed. */
function board(of: string, size: number): Contender[] {
  const rng = rootOf(of);
  const noise = (spread: number) => ((rng.below(2_001) - 1_000) / 1_000) * spread;
  const shared = Array.from({ length: 10 }, () => noise(0.2));
  return Array.from({ length: size }, (_, at) => {
    const [level, spread] = [noise(0.3), 0.02 + rng.below(100) / 1_000];
    const bySeed = new Map(shared.map((common, seed) => [seed, level + common + noise(spread)]));
    return { id: `entry-${at}`, collapsed: rng.below(5) === 0, bySeed };
  });
}

describe('places', () => {
  it('worked out by hand: three entries over five seeds, and a collapsed one', () => {
    // a − b is .1 in each seed but for ±.01: mean .1, deviation .01, t = .1 / (.01 / √5) = 22.4, p = .00002.
    // b − c is ±.1 and 0: mean 0, p = 1. a − c: mean .1, deviation .0711 (differences .2, 0, .1, .09, .11), p = .035.
    const a = of('a', [0.5, 0.6, 0.7, 0.8, 0.9]);
    const b = of('b', [0.39, 0.51, 0.6, 0.7, 0.8]);
    const c = of('c', [0.3, 0.6, 0.6, 0.71, 0.79]);
    // By Holm the smallest p of three is held against .0167, the next one (.035) against .025: c is tied with both.
    expect(placed([a, b, c])).toEqual({
      a: { rank: [1, 2], tied: ['c'] },
      b: { rank: [2, 3], tied: ['c'] },
      c: { rank: [1, 3], tied: ['a', 'b'] },
    });
    // A collapsed entry is behind all, tied with none, and no test is spent on it.
    expect(placed([a, b, c, of('d', [1, 1, 1, 1, 1], true)])).toEqual({
      a: { rank: [1, 2], tied: ['c'] },
      b: { rank: [2, 3], tied: ['c'] },
      c: { rank: [1, 3], tied: ['a', 'b'] },
      d: { rank: [4, 4], tied: [] },
    });
  });

  const boards = Array.from({ length: 40 }, (_, at) => board(`places ${at}`, 3 + (at % 8)));

  it('are those of a second, naive implementation', () => {
    const tied = boards.flatMap((entries) => [...placesOf(entries).values()].map(({ tied }) => tied.length));
    expect(tied.some((count) => count > 0) && tied.some((count) => count === 0)).toBe(true); // else it shows little
    for (const entries of boards) expect(placed(entries)).toEqual(naivePlaces(entries));
  });

  it('hold together on any board: ties go both ways, and a place is lost for each who is better or worse', () => {
    for (const entries of boards) {
      const places = placesOf(entries);
      for (const [id, { rank, tied }] of places) {
        expect(rank[1] - rank[0]).toBe(tied.length);
        for (const other of tied) expect(places.get(other)!.tied).toContain(id);
        expect(rank[0]).toBeGreaterThanOrEqual(1);
        expect(rank[1]).toBeLessThanOrEqual(entries.length);
      }
    }
  });

  it('do not depend on the order of the entries, nor on what all gain in a seed or are scaled by', () => {
    for (const entries of boards.slice(0, 10)) {
      const moved = entries.map((entry) => ({
        ...entry,
        bySeed: new Map([...entry.bySeed].map(([seed, value]) => [seed, 3 * value + seed])),
      }));
      expect(placed([...entries].reverse())).toEqual(placed(entries));
      expect(placed(moved)).toEqual(placed(entries));
    }
  });
});
