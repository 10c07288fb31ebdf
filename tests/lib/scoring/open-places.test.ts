import { describe, expect, it } from 'vitest';
import { openPlaces } from '../../../lib/scoring/open-places.ts';

const row = (id: string, low: number | null, high: number | null, last = false) => ({
  id,
  last,
  estimate: { value: 0, low, high, n: low === null ? 2 : 10 },
});
const places = (...rows: Parameters<typeof openPlaces>[0]) => Object.fromEntries(openPlaces(rows));

describe('open places', () => {
  it('are behind whose interval lies wholly above, and before whose lies wholly below', () =>
    expect(places(row('a', 0.8, 0.9), row('b', 0.5, 0.7), row('c', 0.6, 0.75), row('d', 0.1, 0.2))).toEqual({
      a: [1, 1],
      b: [2, 3],
      c: [2, 3],
      d: [4, 4],
    }));

  it('are no groups: the middle one overlaps with two that do not overlap with each other', () =>
    expect(places(row('a', 0.6, 0.9), row('b', 0.3, 0.7), row('c', 0.1, 0.4))).toEqual({
      a: [1, 2],
      b: [1, 3],
      c: [2, 3],
    }));

  it('are shared by intervals that touch', () =>
    expect(places(row('a', 0.5, 0.9), row('b', 0.1, 0.5))).toEqual({ a: [1, 2], b: [1, 2] }));

  it('are behind all others of who stands last, whatever its number', () =>
    expect(places(row('a', 0.1, 0.2), row('b', 0.8, 0.9, true), row('c', 0.7, 0.95, true))).toEqual({
      a: [1, 1],
      b: [2, 3],
      c: [2, 3],
    }));

  it('are none without an interval, and such a row takes nobody’s place', () => {
    const { estimate: _, ...unknown } = row('c', null, null);
    expect(places(row('a', 0.1, 0.2), row('b', null, null), { ...unknown, estimate: null })).toEqual({ a: [1, 1] });
  });
});
