import { describe, expect, it } from 'vitest';
import { attacks } from '../../../../lib/catalog/attacks/index.ts';
import type { Craft, Poison } from '../../../../lib/contract/attack.ts';
import type { LabeledSet } from '../../../../lib/contract/defense.ts';
import { adapBlend } from '../../../../runner/craft/attacks/adap-blend.ts';
import { badnets } from '../../../../runner/craft/attacks/badnets.ts';
import { confidenceFlip } from '../../../../runner/craft/attacks/confidence-flip.ts';
import { checkedAttack } from '../../../../runner/craft/attacks/define-attack.ts';
import { labelFlip } from '../../../../runner/craft/attacks/label-flip.ts';
import { noBounds } from '../../../../runner/craft/attacks/room.ts';
import { targetInsertion } from '../../../../runner/craft/attacks/target-insertion.ts';
import { cornerPatch, stamp } from '../../../../runner/craft/attacks/trigger.ts';
import { poisoned } from '../../../../runner/craft/trial-data.ts';
import { rowAt } from '../../../../runner/datasets/rows.ts';
import { rootOf } from '../../../../runner/random/rng.ts';

const set = (y: number[], fill: (at: number) => number): LabeledSet => ({
  n: y.length,
  classes: 3,
  shape: [4, 4, 1],
  scale: 255,
  x: Uint8Array.from({ length: y.length * 16 }, (_, at) => fill(at)),
  y: Int32Array.from(y),
});
const clean = set(
  Array.from({ length: 200 }, (_, row) => row % 3),
  (at) => at % 251,
);
const test = set([0, 1, 2, 2, 1, 0], (at) => 100 + at);
const craft = (budget: number, params: unknown, changes: Partial<Craft<unknown>> = {}): Craft<unknown> => ({
  clean,
  test,
  room: noBounds(clean),
  budget,
  params,
  rng: rootOf('seed'),
  candidates: Int32Array.of(1, 3, 4),
  points: [],
  surrogate: () => Promise.reject(new Error('no surrogate is wanted')),
  ...changes,
});

describe('label-flip', () => {
  it('gives each drawn row a wrong label, every wrong class equally often, and attacks all test rows', async () => {
    const { index, labels, rows, aim } = await labelFlip.poison(craft(1, {}));
    expect(rows).toBeNull();
    for (const [i, row] of index.entries()) expect(labels[i]).not.toBe(clean.y[row]);
    const shifts = index.map((row, i) => (labels[i]! - clean.y[row]! + 3) % 3);
    expect(shifts.filter((shift) => shift === 1).length).toBeGreaterThan(70);
    expect(shifts.filter((shift) => shift === 2).length).toBeGreaterThan(70);
    expect(aim).toMatchObject({ attacked: Int32Array.of(0, 1, 2, 3, 4, 5), wanted: null, trigger: null });
  });

  it('takes the first rows of a larger budget for a smaller one', async () => {
    const [small, large] = await Promise.all([labelFlip.poison(craft(0.1, {})), labelFlip.poison(craft(0.3, {}))]);
    expect([...large.index.subarray(0, 20)]).toEqual([...small.index]);
    expect([...large.labels.subarray(0, 20)]).toEqual([...small.labels]);
  });
});

describe('confidence-flip', () => {
  it('flips the rows that the surrogate is surest of to the class it thinks next likely; of equals the first', async () => {
    const probabilities = new Float64Array(clean.n * 3).fill(0.2);
    const set = (row: number, values: number[]) => probabilities.set(values, row * 3);
    set(5, [0.05, 0.15, 0.8]); // label 2, next 1
    set(9, [0.9, 0.04, 0.06]); // label 0, next 2
    set(10, [0.95, 0.04, 0.01]); // label 1: sure of another class, so not of its label
    const { index, labels } = await confidenceFlip.poison(craft(4 / 200, {}, { surrogate: async () => probabilities }));
    expect([...index]).toEqual([9, 5, 0, 1]);
    expect([...labels]).toEqual([2, 1, 1, 0]);
  });
});

describe('target-insertion', () => {
  it('inserts m copies of each of its targets, which are candidates, under a wrong label', async () => {
    const { index, labels, rows, aim } = await targetInsertion.poison(craft(4, { targets: 2 }));
    expect(index.length).toBe(8);
    expect(aim.trigger).toBeNull();
    expect(new Set(aim.attacked).size).toBe(2);
    for (const [target, row] of [...aim.attacked].entries()) {
      expect([1, 3, 4]).toContain(row);
      expect(aim.wanted![target]).not.toBe(test.y[row]);
      for (let copy = 4 * target; copy < 4 * target + 4; copy++) {
        expect(labels[copy]).toBe(aim.wanted![target]);
        expect(Buffer.from(rows!.subarray(copy * 16, copy * 16 + 16)).equals(rowAt(test, row))).toBe(true);
      }
    }
  });

  it('refuses more targets than there are candidates', () =>
    expect(targetInsertion.poison(craft(1, { targets: 4 }))).rejects.toThrow(RangeError));
});

describe('badnets', () => {
  it('stamps a white square one pixel from the corner of the rows it takes, calls them the target, and attacks the other classes', async () => {
    const poison = await badnets.poison(craft(0.1, { target: 2, patch: 2 }));
    const { index, labels, aim } = poison;
    expect(index.length).toBe(20);
    expect(labels.every((label) => label === 2)).toBe(true);
    const corner = new Set([5, 6, 9, 10]);
    const after = poisoned(clean, poison);
    for (const row of index)
      for (let pixel = 0; pixel < 16; pixel++)
        expect(after.x[row * 16 + pixel]).toBe(corner.has(pixel) ? 255 : clean.x[row * 16 + pixel]);
    expect([...aim.attacked]).toEqual([0, 1, 4, 5]);
    expect([...aim.wanted!]).toEqual([2, 2, 2, 2]);
  });
});

describe('stamp', () => {
  it('blends by opacity, rounds to the nearest, and leaves what it does not cover', () => {
    const { pixels } = cornerPatch([4, 4, 1], 1);
    const opacity = new Uint8Array(16);
    opacity[10] = 51; // a fifth
    const stamped = stamp(test, { pixels, opacity });
    expect(stamped.x[10]).toBe(Math.round(0.8 * test.x[10]! + 0.2 * 255));
    expect([...stamped.x.subarray(0, 10)]).toEqual([...test.x.subarray(0, 10)]);
  });
});

it('a budget above what an attack can spend is refused with the largest', () =>
  expect(() => adapBlend.allowance(200, 0.6, { target: 1, strength: 60 })).toThrow(/0\.6.*at most 0\.5/));

describe('what an attack hands back', () => {
  const attack = (poison: Partial<Poison>) =>
    checkedAttack('label-flip', attacks['label-flip'], {
      allowance: () => 3,
      poison: (): Poison => ({
        index: Int32Array.of(0, 1),
        labels: Int32Array.of(1, 2),
        rows: null,
        aim: { attacked: Int32Array.of(0), wanted: null, trigger: null },
        ...poison,
      }),
    });
  it.each<[string, Partial<Poison>, RegExp]>([
    ['a row twice', { index: Int32Array.of(4, 4) }, /distinct/],
    ['a row that is not there', { index: Int32Array.of(0, 200) }, /distinct/],
    ['more rows than allowed', { index: Int32Array.of(0, 1, 2, 3), labels: Int32Array.of(0, 0, 0, 0) }, /allows 3/],
    ['a missing label', { labels: Int32Array.of(1) }, /labels/],
    ['a label that is no class', { labels: Int32Array.of(1, 3) }, /labels/],
    ['pixels of fewer rows', { rows: new Uint8Array(16) }, /pixels/],
    [
      'an overlay for fewer classes',
      { overlay: { pixels: new Uint8Array(16), opacity: new Uint8Array(16) } },
      /overlay/,
    ],
    [
      'an overlay over rows of its own',
      { rows: new Uint8Array(32), overlay: { pixels: new Uint8Array(48), opacity: new Uint8Array(48) } },
      /overlay/,
    ],
    ['nothing attacked', { aim: { attacked: new Int32Array(), wanted: null, trigger: null } }, /attacks no rows/],
    [
      'no word on what it wants of a row',
      { aim: { attacked: Int32Array.of(0, 1), wanted: Int32Array.of(1), trigger: null } },
      /wants/,
    ],
    [
      'another class named twice',
      { aim: { attacked: Int32Array.of(0), wanted: null, trigger: null, others: Int32Array.of(1, 1) } },
      /distinct classes/,
    ],
    [
      'another class that is none',
      { aim: { attacked: Int32Array.of(0), wanted: null, trigger: null, others: Int32Array.of(3) } },
      /distinct classes/,
    ],
  ])('refuses %s', (_, poison, words) => expect(attack(poison).poison(craft(1, {}))).rejects.toThrow(words));

  it('lets a poison through that keeps the contract', () =>
    expect(attack({}).poison(craft(1, {}))).resolves.toMatchObject({ rows: null }));
});
