import { describe, expect, it } from 'vitest';
import { inOrder, kendallTau } from '../../../../lib/studies/findings/order.ts';

describe('the order of rows', () => {
  it('is by the number that ranks, then by the other, and collapsed rows come last', () => {
    const row = (id: 'dpa' | 'sever' | 'dp-sgd' | 'deep-knn', worst: number, mean: number, collapsed = false) => ({
      id,
      worst,
      mean,
      collapsed,
    });
    const rows = [
      row('dpa', 0.9, 0.9, true),
      row('sever', 0.1, 0.2),
      row('dp-sgd', 0.1, 0.3),
      row('deep-knn', 0.4, 0.25),
    ];
    expect(inOrder(rows, 'worst')).toEqual(['deep-knn', 'dp-sgd', 'sever', 'dpa']);
    expect(inOrder(rows, 'mean')).toEqual(['dp-sgd', 'deep-knn', 'sever', 'dpa']);
  });
});

describe('Kendall’s τ', () => {
  it('is 1 for the same order, −1 for the opposite, and falls by 2 / pairs for each pair that is swapped', () => {
    const order = ['a', 'b', 'c', 'd'];
    expect(kendallTau(order, order)).toBe(1);
    expect(kendallTau(order, [...order].reverse())).toBe(-1);
    expect(kendallTau(order, ['b', 'a', 'c', 'd'])).toBeCloseTo(1 - 2 / 6, 12);
    expect(kendallTau(order, ['d', 'a', 'b', 'c'])).toBeCloseTo(0, 12);
    expect(kendallTau(['b', 'a', 'c', 'd'], order)).toBeCloseTo(1 - 2 / 6, 12);
    expect([kendallTau([], []), kendallTau(['a'], ['a'])]).toEqual([1, 1]);
  });

  it('refuses orders of different things', () => expect(() => kendallTau(['a', 'b'], ['a', 'c'])).toThrow(RangeError));
});
