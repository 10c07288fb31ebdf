import { describe, expect, it } from 'vitest';
import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { countsOf, noBounds } from '../../../runner/craft/attacks/room.ts';
import { stamp } from '../../../runner/craft/attacks/trigger.ts';
import { craftedInSeason } from '../../../runner/craft/season/probes/index.ts';
import { poisoned } from '../../../runner/craft/trial-data.ts';
import { takeRows } from '../../../runner/datasets/rows.ts';
import { rootOf } from '../../../runner/random/rng.ts';

/** Ten classes of unequal size. */
function noise(name: string): LabeledSet {
  const sizes = [30, 31, 32, 40, 28, 25, 50, 22, 35, 33];
  const y = Int32Array.from(sizes.flatMap((size, label) => Array<number>(size).fill(label)));
  return { n: y.length, classes: 10, shape: [6, 6, 1], scale: 255, x: rootOf(name).bytes(y.length * 36), y };
}
const [clean, test] = [noise('train'), noise('test')];
const crafted = (id: string, seed = 0) =>
  craftedInSeason(id).poison({
    clean,
    test,
    room: noBounds(clean),
    budget: 1,
    params: {},
    rng: rootOf(`probe ${seed}`),
    candidates: new Int32Array(),
    points: [],
    surrogate: () => Promise.reject(new Error('not asked')),
  });
const rowsOf = ({ x }: LabeledSet, n: number) =>
  Array.from({ length: n }, (_, row) => Buffer.from(x.subarray(row * 36, (row + 1) * 36)).toString('hex'));

describe('another world', () => {
  it('gives every label as often as before, and nearly every row its partner’s', async () => {
    const { y } = poisoned(clean, await crafted('other-world'));
    expect([...countsOf(y, 10)]).toEqual([...countsOf(clean.y, 10)]);
    const kept = [...y.keys()].filter((row) => y[row] === clean.y[row]).length;
    expect(kept).toBe(50 - 40 + (35 - 33) + (32 - 31) + (30 - 28) + (25 - 22)); // pairs by size
  });

  it('wants of each test row the name that rows of its class bear in training', async () => {
    const poison = await crafted('other-world');
    const { y } = poisoned(clean, poison);
    const { attacked, wanted } = poison.aim;
    expect(attacked.length).toBe(test.n);
    for (const [i, row] of attacked.entries()) {
      const given = [...clean.y.keys()].filter((one) => clean.y[one] === test.y[row]).map((one) => y[one]);
      expect(given.filter((label) => label === wanted![i]).length).toBeGreaterThan(given.length / 2);
    }
  });

  it('lays the same picture over training and test rows, another one each seed', async () => {
    const poison = await crafted('other-world');
    const after = poisoned(clean, poison);
    const { trigger } = poison.aim;
    expect(Buffer.from(after.x).equals(stamp(clean, trigger!).x)).toBe(true);
    expect(rowsOf(after, clean.n)).not.toEqual(rowsOf(clean, clean.n));
    expect((await crafted('other-world', 1)).aim.trigger).not.toEqual(trigger);
  });
});

describe('few distinct rows', () => {
  it('are ten, one of each class and each one of its rows, and no label is another', async () => {
    const poison = await crafted('few-rows');
    const after = poisoned(clean, poison);
    expect([...after.y]).toEqual([...clean.y]);
    const rows = rowsOf(after, clean.n);
    expect(new Set(rows).size).toBe(10);
    for (let label = 0; label < 10; label++) {
      const own = Int32Array.from(clean.y.keys()).filter((row) => clean.y[row] === label);
      expect(rowsOf(takeRows(clean, own), own.length)).toContain(rows[own[0]!]);
    }
    expect(new Set(rowsOf(poisoned(clean, await crafted('few-rows', 1)), clean.n))).not.toEqual(new Set(rows));
  });
});
