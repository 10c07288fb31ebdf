import fc from 'fast-check';
import { expect, test } from 'vitest';
import { certifiedAccuracy, radiiOf } from '../../../runner/metrics/certified.ts';
import { pluralityOf } from '../../../runner/metrics/vote.ts';

const classes = 3;
/** One row, as so many members call it class 0, 1, 2. */
const called = (...counts: number[]) =>
  counts.flatMap((count, label) => Array.from({ length: count }, () => Int32Array.of(label)));

test.each([
  [[5, 0, 0], 2],
  [[3, 2, 0], 0], // 1 that changes its mind makes it 2 : 3
  [[4, 2, 0], 1], // 3 : 3 goes to the smaller label, which is the top one
  [[2, 4, 0], 0], // 3 : 3 goes to the other
  [[0, 2, 5], 1],
])('votes %j keep their label whatever %i members say', (counts, radius) => {
  expect([...radiiOf(called(...counts), classes)]).toEqual([radius]);
});

test('no choice of so many members changes the label, and one more member can: by trying all of them', () => {
  const others = (labels: number[], changed: number): number[][] =>
    changed === 0
      ? [labels]
      : labels.flatMap((_, member) =>
          [0, 1, 2].flatMap((label) =>
            others(
              labels.map((own, index) => (index === member ? label : own)),
              changed - 1,
            ),
          ),
        );
  const top = (labels: number[]) =>
    pluralityOf(
      labels.map((label) => Int32Array.of(label)),
      classes,
    )[0];
  fc.assert(
    fc.property(fc.array(fc.nat(classes - 1), { minLength: 2, maxLength: 5 }), (labels) => {
      const [radius] = radiiOf(
        labels.map((label) => Int32Array.of(label)),
        classes,
      );
      expect(others(labels, radius!).every((changed) => top(changed) === top(labels))).toBe(true);
      expect(others(labels, radius! + 1).some((changed) => top(changed) !== top(labels))).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('the curve begins with the accuracy, never rises, and ends where no vote reaches', () => {
  const members = Array.from({ length: 9 }, (_, member) => Int32Array.of(0, member < 6 ? 1 : 0, member < 5 ? 2 : 0, 0));
  const y = Int32Array.of(0, 1, 2, 1); // radii 4, 1, 0; the last is wrong
  expect(certifiedAccuracy(members, { y, classes })).toEqual([
    { rows: 0, accuracy: 0.75 },
    { rows: 1, accuracy: 0.5 },
    { rows: 2, accuracy: 0.25 },
    { rows: 4, accuracy: 0.25 },
  ]);
});
