import { expect, test } from 'vitest';
import { core1 } from '../../../lib/catalog/suites/core-1.ts';
import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { trialsOf } from '../../../lib/contract/suite.ts';
import { certifiedRuns } from '../../../lib/scoring/certificates.ts';
import { membersOf, seenBy } from '../../../runner/defenses/modules/finite-aggregation.ts';
import { rootOf } from '../../../runner/random/rng.ts';
import { scoredTrial } from '../../support/scored-trial.ts';
import { toyRows } from '../../support/toy.ts';

const set = toyRows(400);
const contents = (train: LabeledSet) =>
  membersOf(train).map((rows) => rows.map((row) => `${train.y[row]} ${train.x.subarray(row * 30, (row + 1) * 30)}`));
const differing = (other: LabeledSet) => {
  const [a, b] = [contents(set), contents(other)];
  return a.filter((rows, member) => `${rows}` !== `${b[member]}`).length;
};

test('each of 100 parts is seen by two members, and each member sees two parts', () => {
  expect(seenBy).toHaveLength(100);
  expect(seenBy.every((members) => new Set(members).size === 2)).toBe(true);
  const parts = new Map<number, number>();
  for (const member of seenBy.flat()) parts.set(member, (parts.get(member) ?? 0) + 1);
  expect([...parts.values()]).toEqual(new Array(100).fill(2));
});

test('every row is in two members; in which does not depend on the order of rows', () => {
  expect(contents(set).flat()).toHaveLength(800);
  const order = rootOf('order').sample(set.n, set.n);
  const x = new Uint8Array(set.x.length);
  for (const [place, row] of order.entries()) x.set(set.x.subarray(row * 30, (row + 1) * 30), place * 30);
  expect(contents({ ...set, x, y: Int32Array.from(order, (row) => set.y[row]!) })).toEqual(contents(set));
});

test('another label changes two members, other pixels four at most', () => {
  for (let row = 0; row < 20; row++) {
    const y = set.y.slice();
    y[row] = (y[row]! + 1) % 4;
    expect(differing({ ...set, y })).toBe(2);
    const x = set.x.slice();
    x.set(rootOf(`${row}`).bytes(30), row * 30);
    expect(differing({ ...set, x })).toBeLessThanOrEqual(4);
  }
});

test('votes certify half as many rows where two members see each', () => {
  const certified = [0, 1, 2, 4, 8].map((rows) => ({ rows, accuracy: 1 / (2 + rows) }));
  const spec = trialsOf(core1).find(({ budget }) => budget === 0)!;
  const trial = scoredTrial(core1, spec, 'train', { certified }, { seconds: 1, undefendedSeconds: 1, peakBytes: 1 });
  const runsOf = (membersPerRow?: number) => certifiedRuns([trial], membersPerRow)[0]!.runs[0];
  expect(runsOf()).toEqual(certified);
  expect(runsOf(2)).toEqual([
    { rows: 0, accuracy: 1 / 2 },
    { rows: 1, accuracy: 1 / 4 },
    { rows: 2, accuracy: 1 / 6 },
    { rows: 4, accuracy: 1 / 10 },
  ]);
});
