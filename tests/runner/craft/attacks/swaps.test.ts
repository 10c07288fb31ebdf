import { describe, expect, it } from 'vitest';
import type { LabeledSet } from '../../../../lib/contract/defense.ts';
import { classSwap } from '../../../../runner/craft/attacks/class-swap.ts';
import { clusterSwap } from '../../../../runner/craft/attacks/cluster-swap.ts';
import { pairFlip } from '../../../../runner/craft/attacks/pair-flip.ts';
import { drawnPairs, partnersOf } from '../../../../runner/craft/attacks/pairs.ts';
import { noBounds } from '../../../../runner/craft/attacks/room.ts';
import { rootOf } from '../../../../runner/random/rng.ts';
import { craftOn } from '../../../support/craft.ts';

/**
 * Four classes of two heaps each, far apart: heap h of class c is bright at pixel 2c + h. A third of a class's rows are
 * in heap 0, two thirds in heap 1.
 */
function heaps(n: number, name: string): LabeledSet {
  const rng = rootOf(name);
  const x = new Uint8Array(n * 8).map(() => rng.below(30));
  const y = Int32Array.from({ length: n }, (_, row) => row % 4);
  for (let row = 0; row < n; row++) x[row * 8 + 2 * y[row]! + heapOf(row)]! += 200;
  return { n, classes: 4, shape: [8], scale: 255, x, y };
}
const heapOf = (row: number) => (Math.floor(row / 4) % 3 === 0 ? 0 : 1);
const clean = heaps(240, 'train');
const test = heaps(120, 'test');
const craft = craftOn(clean, test);
const room = noBounds(clean);

describe('drawnPairs', () => {
  it('gives so many pairs, no class in two of them, each as it fits', () => {
    for (const name of ['a', 'b', 'c', 'd']) {
      const pairs = drawnPairs(10, 4, rootOf(name), (a, b) => (a + b) % 2 === 1);
      expect(new Set(pairs.flat()).size).toBe(8);
      for (const [a, b] of pairs) expect((a + b) % 2).toBe(1);
    }
  });

  it('tries another order where the first leaves classes that do not fit', () => {
    const fits = (a: number, b: number) => a === 0 || b === 0 || Math.abs(a - b) === 1;
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f'])
      expect(partnersOf(drawnPairs(4, 2, rootOf(name), fits), 4)).not.toContain(-1);
  });

  it('says so where none fit', () =>
    expect(() => drawnPairs(4, 1, rootOf('a'), () => false)).toThrow('no 1 pairs of 4 classes fit'));
});

describe('pair-flip', () => {
  it('with drawn partners gives each class one other, which gives its own back', async () => {
    const { index, labels } = await pairFlip.poison(craft(1, { partner: 'drawn' }));
    const partner = new Map([...index].map((row, i) => [clean.y[row]!, labels[i]!]));
    expect(index.length).toBe(240);
    for (const [label, other] of partner) {
      expect(other).not.toBe(label);
      expect(partner.get(other)).toBe(label);
    }
    index.forEach((row, i) => {
      expect(labels[i]).toBe(partner.get(clean.y[row]!));
    });
  });

  it('pairs no class with one that has no room for it', async () => {
    const tight = { ...room, labelled: Int32Array.of(240, 10, 240, 240) };
    await expect(pairFlip.poison(craft(0.9, { partner: 'drawn' }, { room: tight }))).rejects.toThrow(/pairs/);
  });
});

describe('class-swap', () => {
  /** Surer of a row the higher its number. */
  const surrogate = async () => Float64Array.from({ length: clean.n * 4 }, (_, at) => Math.floor(at / 4) / clean.n);

  it('gives the surest rows of both classes of a pair the label of the other, and attacks all test rows of both', async () => {
    const { index, labels, aim } = await classSwap.poison(craft(0.4, { pairs: 1 }, { surrogate }));
    const [a, b] = [...new Set(labels)] as [number, number];
    expect(new Set(labels).size).toBe(2);
    const surestOf = (label: number) => [...clean.y.keys()].filter((row) => clean.y[row] === label).slice(-24);
    expect(new Set(index)).toEqual(new Set([...surestOf(a), ...surestOf(b)]));
    index.forEach((row, i) => {
      expect(labels[i]).toBe(clean.y[row] === a ? b : a);
    });
    expect([...aim.attacked]).toEqual([...test.y.keys()].filter((row) => test.y[row] === a || test.y[row] === b));
    expect([...aim.wanted!]).toEqual([...aim.attacked].map((row) => (test.y[row] === a ? b : a)));
    expect([...aim.others!]).toEqual([0, 1, 2, 3].filter((label) => label !== a && label !== b));
  });

  it('leaves out pairs that their histogram does not hold', async () => {
    const tight = { ...room, labelled: Int32Array.of(23, 240, 240, 240) };
    for (const name of ['a', 'b', 'c', 'd']) {
      const { labels } = await classSwap.poison(
        craft(0.4, { pairs: 1 }, { surrogate, room: tight, rng: rootOf(name) }),
      );
      expect([...labels]).not.toContain(0);
    }
  });
});

describe('cluster-swap', () => {
  it('exchanges the labels of as many rows of two clusters about as large, and attacks the test rows of both', async () => {
    for (const name of ['a', 'b', 'c', 'd']) {
      const { index, labels, aim } = await clusterSwap.poison(
        craft(0.67, { pairs: 1, clusters: 2 }, { rng: rootOf(name) }),
      );
      const [a, b] = [...new Set(labels)] as [number, number];
      expect(labels.filter((label) => label === a).length).toBe(labels.length / 2);
      const heap = heapOf(index[0]!);
      expect(labels.length / 2).toBe(Math.floor(0.67 * (heap === 0 ? 20 : 40)));
      index.forEach((row, i) => {
        expect(heapOf(row)).toBe(heap); // 20 rows are not about as many as 40
        expect(labels[i]).toBe(clean.y[row] === a ? b : a);
      });
      const ofBoth = (row: number) => [a, b].includes(test.y[row]!) && heapOf(row) === heap;
      expect([...aim.attacked]).toEqual([...test.y.keys()].filter(ofBoth));
      expect(aim.others!.length).toBe(2);
    }
  });
});
