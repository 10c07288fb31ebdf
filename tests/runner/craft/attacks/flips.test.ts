import { describe, expect, it } from 'vitest';
import type { LabeledSet } from '../../../../lib/contract/defense.ts';
import { clusterFlip } from '../../../../runner/craft/attacks/cluster-flip.ts';
import { clusterCenters, nearestCenters } from '../../../../runner/craft/attacks/k-means.ts';
import { oneClassFlip } from '../../../../runner/craft/attacks/one-class-flip.ts';
import { pairFlip } from '../../../../runner/craft/attacks/pair-flip.ts';
import { renamedClasses } from '../../../../runner/craft/attacks/renamed-classes.ts';
import { takeRows } from '../../../../runner/datasets/rows.ts';
import { rootOf } from '../../../../runner/random/rng.ts';
import { craftOn } from '../../../support/craft.ts';

/** Three classes of two heaps each, far apart: heap 2c + h of class c is bright at one pixel of its own. */
function heaps(n: number, name: string): LabeledSet {
  const rng = rootOf(name);
  const x = new Uint8Array(n * 6).map(() => rng.below(30));
  for (let row = 0; row < n; row++) x[row * 6 + (row % 6)]! += 200;
  return { n, classes: 3, shape: [6], scale: 255, x, y: Int32Array.from({ length: n }, (_, row) => (row % 6) >> 1) };
}
const clean = heaps(240, 'train');
const test = heaps(60, 'test');
const heapOf = (set: LabeledSet, row: number) =>
  [...set.x.subarray(row * 6, row * 6 + 6)].findIndex((value) => value >= 200);
const craft = craftOn(clean, test);

describe('pair-flip', () => {
  it('gives the next class, and the last class the first', async () => {
    const { index, labels } = await pairFlip.poison(craft(1, {}));
    expect([...labels]).toEqual([...index].map((row) => [1, 2, 0][clean.y[row]!]));
  });
});

describe('renamed-classes', () => {
  const uneven = { ...clean, y: clean.y.map((label, row) => (label === 0 && row % 4 === 0 ? 1 : label)) };
  const counts = (labels: Int32Array) => [0, 1, 2].map((label) => labels.filter((own) => own === label).length);

  it('leaves no row its label, and gives each label as often as before', async () => {
    const { index, labels } = await renamedClasses.poison(craftOn(uneven, test)(1, {}));
    expect(index.length).toBe(240);
    expect([...labels].filter((label, i) => label === uneven.y[index[i]!])).toEqual([]);
    expect(counts(labels)).toEqual(counts(uneven.y));
  });
});

describe('one-class-flip', () => {
  const probabilities = new Float64Array(clean.n * 3).map((_, at) => ((at * 7919) % 1000) / 1000);
  const surrogate = async () => probabilities;

  it('takes the surest rows of its class, calls them what it wants, and attacks the test rows of the class', async () => {
    const { index, labels, aim } = await oneClassFlip.poison(craft(12 / 240, { from: 1, to: 2 }, { surrogate }));
    expect(index.length).toBe(12);
    const surety = (row: number) => probabilities[row * 3 + 1]!;
    const left = [...clean.y.keys()].filter((row) => clean.y[row] === 1 && !index.includes(row));
    expect(Math.min(...[...index].map(surety))).toBeGreaterThanOrEqual(Math.max(...left.map(surety)));
    expect(new Set(labels)).toEqual(new Set([2]));
    expect([...aim.attacked]).toEqual([...test.y.keys()].filter((row) => test.y[row] === 1));
  });

  it('stops where the class is empty', async () =>
    expect((await oneClassFlip.poison(craft(0.9, { from: 1, to: 2 }, { surrogate }))).index.length).toBe(80));
});

describe('k-means', () => {
  it('finds heaps that lie apart', async () => {
    const rows = Int32Array.from(clean.y.keys()).filter((row) => clean.y[row] === 1);
    const nearest = nearestCenters(clean, rows, await clusterCenters(clean, rows, 2, rootOf('a')));
    const heap = (center: number) =>
      new Set([...rows].filter((_, i) => nearest[i] === center).map((row) => heapOf(clean, row)));
    expect([heap(0).size, heap(1).size]).toEqual([1, 1]);
    expect(heap(0)).not.toEqual(heap(1));
  });

  it('leaves a center that nobody is nearest to where it was', async () => {
    const twins = takeRows(clean, [0, 0, 0, 0]);
    const centers = await clusterCenters(twins, Int32Array.of(0, 1, 2, 3), 2, rootOf('a'));
    for (const center of centers) expect([...center]).toEqual([...clean.x.subarray(0, 6)]);
  });

  it('lets a signal through', async () => {
    let signalled = false;
    setImmediate(() => {
      signalled = true;
    });
    await clusterCenters(clean, Int32Array.from(clean.y.keys()), 2, rootOf('a'));
    expect(signalled).toBe(true);
  });
});

describe('cluster-flip', () => {
  const params = { clusters: 2, leastTestRows: 5 };

  it.each([1, 2, 3])(
    'inserts rows of one cluster under one wrong label, %i times as many as it has, and attacks its test rows',
    async (size) => {
      const { index, labels, rows, aim } = await clusterFlip.poison(craft(size, params));
      const heap = heapOf(test, aim.attacked[0]!);
      expect([...aim.attacked]).toEqual([...test.y.keys()].filter((row) => row % 6 === heap));
      const inserted = { ...clean, n: index.length, x: rows! };
      expect([...index.keys()].every((i) => heapOf(inserted, i) === heap)).toBe(true);
      expect(index.length).toBe(size * 40);
      expect(new Set(labels).size).toBe(1);
      expect(labels[0]).not.toBe(heap >> 1);
    },
  );

  it('leaves none of the copied rows in the clean part', async () => {
    const { index, rows } = await clusterFlip.poison(craft(2, params));
    const rowOf = (x: Uint8Array, row: number) => Buffer.from(x.subarray(row * 6, row * 6 + 6)).toString('hex');
    const copied = new Set([...index.keys()].map((i) => rowOf(rows!, i)));
    const left = [...clean.y.keys()].filter((row) => !index.includes(row)).map((row) => rowOf(clean.x, row));
    expect(left.filter((row) => copied.has(row))).toEqual([]);
    expect(copied.size).toBe(20);
  });

  it('says so where every cluster is too small to measure', () =>
    expect(clusterFlip.poison(craft(1, { clusters: 2, leastTestRows: 11 }))).rejects.toThrow(
      /no cluster .* 11 test rows/,
    ));
});
