import { expect, test } from 'vitest';
import { triggeredCopies } from '../../../runner/paper/insertion.ts';
import { rootOf } from '../../../runner/random/rng.ts';
import { toyRows } from '../../support/toy.ts';

const rows = { ...toyRows(1000, 'insertion', 10), shape: [6, 5, 1] };

test('one row in a hundred, of other classes, is copied under the trigger and labeled as the target; the same rows for every patch', () => {
  const [small, large] = [1, 3].map((patch) => triggeredCopies(rows, patch, rootOf('insertion')));
  expect(small!.n).toBe(10);
  expect([...small!.y]).toEqual(new Array(10).fill(4));
  for (let copy = 0; copy < 10; copy++) {
    const [one, three] = [small!, large!].map(({ x }) => x.subarray(30 * copy, 30 * copy + 30));
    const source = [...Array(rows.n).keys()].find((row) =>
      rows.x.subarray(30 * row, 30 * row + 30).every((value, at) => value === one![at] || at === 23),
    )!;
    expect(rows.y[source]).not.toBe(4);
    expect(one![23]).toBe(255); // one pixel away from the lower right corner of 6 × 5
    expect([11, 12, 13, 16, 17, 18, 21, 22, 23].every((at) => three![at] === 255)).toBe(true);
    expect(three!.subarray(0, 11)).toEqual(one!.subarray(0, 11));
  }
});
