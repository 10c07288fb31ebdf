import type { LabeledSet } from '../../lib/contract/defense.ts';
import type { Certified } from '../../lib/contract/metrics.ts';
import { pluralityOf, votesOf } from './vote.ts';

/**
 * The certified accuracy of members that vote, if each row of the training set touches one member alone: the share of
 * rows that are given their label and keep it whatever becomes of so many members, for 0, 1, 2, 4, 8, … of them. Levine
 * and Feizi 2021, https://arxiv.org/abs/2006.14768
 */
export function certifiedAccuracy(
  members: readonly Int32Array[],
  { y, classes }: Pick<LabeledSet, 'y' | 'classes'>,
): Certified[] {
  const radii = radiiOf(members, classes);
  const called = pluralityOf(members, classes);
  const curve: Certified[] = [];
  for (let rows = 0; rows <= members.length / 2; rows = rows === 0 ? 1 : 2 * rows)
    curve.push({
      rows,
      accuracy:
        y.reduce((right, label, row) => right + Number(called[row] === label && radii[row]! >= rows), 0) / y.length,
    });
  return curve;
}

/**
 * How many members may vote otherwise before a row's label can change, [n]: ⌊(n_top − max over other classes c of (n_c
 * + 1[c < top])) / 2⌋, for a tie goes to the smaller label.
 */
export function radiiOf(members: readonly Int32Array[], classes: number): Int32Array {
  const votes = votesOf(members, classes);
  return pluralityOf(members, classes).map((top, row) => {
    const own = votes.subarray(row * classes, (row + 1) * classes);
    const next = own.reduce(
      (most, count, label) => (label === top ? most : Math.max(most, count + Number(label < top))),
      0,
    );
    return Math.floor((own[top]! - next) / 2);
  });
}
