import { beforeAll, describe, expect, test } from 'vitest';
import type { LabeledSet, Weights } from '../../../lib/contract/defense.ts';
import dpa, { partsOf } from '../../../runner/defenses/modules/dpa.ts';
import { rootOf, streamsOf } from '../../../runner/random/rng.ts';
import { createTrainer } from '../../../runner/train/fit.ts';
import { openEngine, type Tf } from '../../../runner/train/tf.ts';
import { toyModel, toyRows } from '../../support/toy.ts';

let tf: Tf;
beforeAll(async () => {
  ({ tf } = await openEngine('wasm'));
});

const set = toyRows(400);
const model = toyModel([]);

const membersOf = async (train: LabeledSet) =>
  (await dpa.train(
    { train, model, init: null },
    createTrainer({ tf, model, streams: streamsOf('toy', 'toy', 0) }),
  )) as Weights[];

function reordered(train: LabeledSet): LabeledSet {
  const order = rootOf('order').sample(train.n, train.n);
  const x = new Uint8Array(train.x.length);
  for (const [place, row] of order.entries()) x.set(train.x.subarray(row * 30, (row + 1) * 30), place * 30);
  return { ...train, x, y: Int32Array.from(order, (row) => train.y[row]!) };
}

/** With other pixels in that row, or another label. */
function changed(train: LabeledSet, row: number, what: 'pixels' | 'label'): LabeledSet {
  const [x, y] = [train.x.slice(), train.y.slice()];
  if (what === 'pixels') x.set(rootOf(`${row}`).bytes(30), row * 30);
  else y[row] = (y[row]! + 1) % 4;
  return { ...train, x, y };
}

const differing = (a: readonly unknown[], b: readonly unknown[]) =>
  a.flatMap((one, index) => (JSON.stringify(one) === JSON.stringify(b[index]) ? [] : [index]));
const plain = (members: readonly Weights[]) => members.map((member) => member.map(({ data }) => [...data]));

describe('the parts', () => {
  test('hold every row once, about as many each', () => {
    const parts = partsOf(set);
    expect(parts).toHaveLength(50);
    expect(parts.reduce((sum, part) => sum + part.n, 0)).toBe(400);
    const rows = (one: LabeledSet) =>
      Array.from(one.y, (label, row) => `${label} ${one.x.subarray(row * 30, (row + 1) * 30)}`);
    expect(parts.flatMap(rows).sort()).toEqual(rows(set).sort());
    expect(Math.max(...parts.map((part) => part.n))).toBeLessThan(25); // 8 each, were it chance
  });

  test('are the same whatever the order of the rows', () => {
    expect(partsOf(reordered(set))).toEqual(partsOf(set));
  });

  test.each([
    ['another label changes the part that it is in', 'label', 1],
    ['other pixels change two, the one that it left and the one that it came to', 'pixels', 2],
  ] as const)('%s', (_, what, count) => {
    for (const row of [0, 100, 399]) {
      const parts = differing(
        partsOf(set).map(({ x, y }) => [...x, ...y]),
        partsOf(changed(set, row, what)).map(({ x, y }) => [...x, ...y]),
      );
      expect(parts.length).toBeGreaterThan(0);
      expect(parts.length).toBeLessThanOrEqual(count);
    }
  });
});

describe('the members', () => {
  test('are the same to the last bit whatever the order of the rows', async () => {
    expect(await membersOf(reordered(set))).toEqual(await membersOf(set));
  });

  test('a row put in, taken out or changed touches the members of its parts alone: what the certificate rests on', async () => {
    const members = plain(await membersOf(set));
    const without = { ...set, n: 399, x: set.x.slice(0, 399 * 30), y: set.y.slice(0, 399) };
    expect(differing(members, plain(await membersOf(without)))).toHaveLength(1);
    expect(differing(members, plain(await membersOf(changed(set, 100, 'label'))))).toHaveLength(1);
    expect(differing(members, plain(await membersOf(changed(set, 100, 'pixels')))).length).toBeLessThanOrEqual(2);
  });

  test('differ from one another, and an empty part has one too', async () => {
    const few = { ...set, n: 20, x: set.x.slice(0, 600), y: set.y.slice(0, 20) };
    const members = await membersOf(few);
    expect(members).toHaveLength(50);
    expect(new Set(plain(members).map((member) => JSON.stringify(member))).size).toBe(50);
    expect(plain(members).flat(2).every(Number.isFinite)).toBe(true);
  });
});
