import { describe, expect, it } from 'vitest';
import type { Poison } from '../../../lib/contract/attack.ts';
import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { cornerPatch } from '../../../runner/craft/attacks/trigger.ts';
import { drawJitter, hygieneSeeds, jittered, secretOrder } from '../../../runner/craft/hygiene.ts';
import { assemble, poisoned } from '../../../runner/craft/trial-data.ts';
import { rowAt } from '../../../runner/datasets/rows.ts';
import { rootOf } from '../../../runner/random/rng.ts';

/** Each row has a class of its own, so that it can be found again in any order. */
const set = (n: number, name: string): LabeledSet => ({
  n,
  classes: 1_000,
  shape: [6, 6, 1],
  scale: 255,
  x: rootOf(name)
    .bytes(n * 36)
    .map((value) => 20 + (value >> 1)), // no row clips
  y: Int32Array.from({ length: n }, (_, row) => row),
});
const split = { train: set(400, 'train'), test: set(50, 'test') };
const run = { dataset: 'fashion-mnist', seed: 3 } as const;
const poison: Poison = {
  index: Int32Array.of(7, 300, 42),
  labels: Int32Array.of(900, 901, 902),
  rows: new Uint8Array(3 * 36).fill(200),
  aim: { attacked: Int32Array.of(10, 4), wanted: Int32Array.of(1, 2), trigger: null },
};
const clean = assemble(split, run, null);
const attacked = assemble(split, run, poison);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('a trial’s data', () => {
  it('has the same n, and marks exactly the poison, wherever the order put it', () => {
    expect(attacked.train.n).toBe(split.train.n);
    const marked = [...attacked.isPoison.keys()].filter((place) => attacked.isPoison[place] === 1);
    expect(marked.map((place) => attacked.train.y[place]).sort()).toEqual([900, 901, 902]);
    expect(marked).not.toEqual([7, 42, 300]);
    expect(clean.isPoison.every((mark) => mark === 0)).toBe(true);
  });

  it('is the poisoned set under the jitter and in the order of its seed, row for row, whatever was assembled before', () => {
    const seeds = hygieneSeeds(run);
    const order = secretOrder(seeds.order, split.train.n);
    const whole = jittered(poisoned(split.train, poison), drawJitter(seeds.train, split.train.n, 36), order, order);
    for (const other of [null, { ...poison, index: Int32Array.of(8, 301, 43) }]) {
      assemble(split, run, other);
      expect(hex(assemble(split, run, poison).train.x)).toBe(hex(whole.x));
      expect([...assemble(split, run, poison).train.y]).toEqual([...whole.y]);
    }
  });

  it('keeps order and jitter of all other rows, whatever the poison', () => {
    for (let place = 0; place < split.train.n; place++)
      if (attacked.isPoison[place] === 0) {
        expect(attacked.train.y[place]).toBe(clean.train.y[place]);
        expect(hex(rowAt(attacked.train, place))).toBe(hex(rowAt(clean.train, place)));
      }
    expect(hex(attacked.test.x)).toBe(hex(clean.test.x));
  });

  it('jitters every row: gains of .85 to 1.15 and ±3, never the row itself', () => {
    for (let place = 0; place < clean.train.n; place++) {
      const before = rowAt(split.train, clean.train.y[place]!);
      const after = rowAt(clean.train, place);
      expect(hex(after)).not.toBe(hex(before));
      after.forEach((value, pixel) => {
        expect(value).toBeGreaterThanOrEqual(Math.floor(before[pixel]! * 0.85) - 4);
        expect(value).toBeLessThanOrEqual(Math.ceil(before[pixel]! * 1.15) + 4);
      });
    }
  });

  it('makes copies of one image differ', () => {
    const copies = [...attacked.isPoison.keys()]
      .filter((place) => attacked.isPoison[place] === 1)
      .map((place) => hex(rowAt(attacked.train, place)));
    expect(new Set(copies).size).toBe(3);
  });

  it('measures the attacked test rows under the jitter that they have in the clean test set, with their true labels', () => {
    const { rows, wanted } = attacked.attacked!;
    expect([...rows.y]).toEqual([10, 4]);
    expect([...wanted!]).toEqual([1, 2]);
    expect(hex(rowAt(rows, 0))).toBe(hex(rowAt(attacked.test, 10)));
    expect(hex(rowAt(rows, 1))).toBe(hex(rowAt(attacked.test, 4)));
    expect(clean.attacked).toBeNull();
  });

  it('stamps the trigger before the jitter and touches nothing beside it', () => {
    const trigger = cornerPatch([6, 6, 1], 1);
    const { rows } = assemble(split, run, { ...poison, aim: { ...poison.aim, trigger } }).attacked!;
    const [stamped, plain] = [rowAt(rows, 0), rowAt(clean.test, 10)];
    for (let pixel = 0; pixel < 36; pixel++) if (pixel !== 28) expect(stamped[pixel]).toBe(plain[pixel]);
    expect(stamped[28]).toBeGreaterThanOrEqual(Math.floor(255 * 0.85) - 3);
  });

  it('stamps an overlay on the rows of the index alone, each with the part of the label that it had', () => {
    const small = { train: { ...set(3, 'small'), classes: 3 }, test: split.test };
    const [pixels, opacity] = [new Uint8Array(3 * 36), new Uint8Array(3 * 36)];
    [pixels[36 + 4], opacity[36 + 4]] = [250, 255];
    [pixels[72 + 9], opacity[72 + 9]] = [0, 128];
    const after = poisoned(small.train, {
      ...poison,
      index: Int32Array.of(2, 1),
      labels: Int32Array.of(0, 2),
      rows: null,
      overlay: { pixels, opacity },
    });
    const want = new Uint8Array(small.train.x);
    want[36 + 4] = 250;
    want[72 + 9] = Math.floor((want[72 + 9]! * 127 + 127) / 255);
    expect(hex(after.x)).toBe(hex(want));
    expect([...after.y]).toEqual([0, 2, 0]);
  });

  it('is decided by data set and seed', () => {
    expect(hex(assemble(split, run, poison).train.x)).toBe(hex(attacked.train.x));
    expect(hex(assemble(split, { ...run, seed: 4 }, poison).train.x)).not.toBe(hex(attacked.train.x));
  });

  it('leaves the data set as it was', () => {
    const before = hex(split.train.x);
    assemble(split, run, poison);
    expect(hex(split.train.x)).toBe(before);
  });
});
