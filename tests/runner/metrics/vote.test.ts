import { expect, test } from 'vitest';
import { pluralityOf } from '../../../runner/metrics/vote.ts';

const labels = (...members: number[][]) => [
  ...pluralityOf(
    members.map((member) => Int32Array.from(member)),
    4,
  ),
];

test('most votes win, row by row; ties go to the smaller label', () => {
  expect(labels([3, 1, 2], [3, 2, 1], [0, 2, 0])).toEqual([3, 2, 0]);
  expect(labels([3], [1])).toEqual([1]);
  expect(labels([2, 0])).toEqual([2, 0]);
  expect(() => labels()).toThrow(RangeError);
});
