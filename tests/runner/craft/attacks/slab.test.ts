import { describe, expect, it } from 'vitest';
import type { Craft, Point } from '../../../../lib/contract/attack.ts';
import type { LabeledSet } from '../../../../lib/contract/defense.ts';
import { nearCloneSlab } from '../../../../runner/craft/attacks/near-clone-slab.ts';
import { noBounds } from '../../../../runner/craft/attacks/room.ts';
import { copiesOf, slab } from '../../../../runner/craft/attacks/slab.ts';
import { isInside, poisonedMeans, regionOf } from '../../../../runner/craft/attacks/sphere-and-slab.ts';
import { rowAt } from '../../../../runner/datasets/rows.ts';
import { rootOf } from '../../../../runner/random/rng.ts';

/** Two classes around 100 and 140 in every pixel. */
function twoClasses(n: number, name: string): LabeledSet {
  const rng = rootOf(name);
  const y = Int32Array.from({ length: n }, (_, row) => row % 2);
  const x = new Uint8Array(n * 16).map((_, at) => 60 + 40 * y[Math.floor(at / 16)]! + rng.below(81));
  return { n, classes: 2, shape: [4, 4, 1], scale: 255, x, y };
}
const clean = twoClasses(2_000, 'train');
const test = twoClasses(50, 'test');
const points: Point[] = [
  { label: 0, share: 0.7, pixels: new Uint8Array(16).fill(109) },
  { label: 1, share: 0.3, pixels: new Uint8Array(16).fill(136) },
];
const craft = (budget: number, params: unknown): Craft<unknown> => ({
  clean,
  test,
  room: noBounds(clean),
  budget,
  params,
  rng: rootOf('seed'),
  candidates: new Int32Array(),
  points,
  surrogate: () => Promise.reject(new Error('no surrogate is wanted')),
});

describe('sphere and slab', () => {
  const region = regionOf(clean, 0.65);

  it('hold the quantile of each class', () => {
    for (const label of [0, 1]) {
      const rows = [...clean.y.keys()].filter((row) => clean.y[row] === label);
      const off = (row: number) => Float64Array.from(rowAt(clean, row), (value, i) => value - region.means[label]![i]!);
      const axis = region.means[1]!.map((value, i) => value - region.means[0]![i]!);
      const near = rows.filter((row) => Math.hypot(...off(row)) <= region.radii[label]!).length;
      const low = rows.filter(
        (row) => Math.abs(off(row).reduce((sum, value, i) => sum + value * axis[i]!, 0)) <= region.widths[label]!,
      ).length;
      expect([near, low]).toEqual([650, 650]);
      const inside = rows.filter((row) => isInside(region, region.means, rowAt(clean, row), label)).length;
      expect(inside).toBeLessThan(650);
      expect(inside).toBeGreaterThan(350);
    }
  });

  it('move with the poison: its means are those of the poisoned set', () => {
    const [zero] = poisonedMeans(region, clean, points, 400);
    const wanted = (800 * region.means[0]![3]! + 280 * 109) / 1080;
    expect(zero![3]).toBeCloseTo(wanted, 9);
  });
});

describe('slab', () => {
  it('inserts copies of its points by their shares', async () => {
    const { labels, rows } = await slab.poison(craft(0.1, {}));
    expect(labels.filter((label) => label === 0).length).toBe(140);
    for (const [i, label] of labels.entries()) expect(rows![16 * i]).toBe(label === 0 ? 109 : 136);
  });

  it('gives the last point what rounding leaves, and refuses to insert nothing', () => {
    const thirds = points.concat(points).map((point) => ({ ...point, share: 1 / 4 }));
    expect([...copiesOf(thirds, 6)]).toEqual([0, 1, 2, 3, 3, 3]);
    expect(() => copiesOf([], 6)).toThrow(RangeError);
  });
});

describe('near-clone-slab', () => {
  it('inserts rows that all differ, lie in sphere and slab, and have five nearest neighbors of their own label', async () => {
    const k = 300;
    const { index, labels, rows } = await nearCloneSlab.poison(craft(k / clean.n, { cloth: 0.3 }));
    const poison = { ...clean, n: k, x: rows!, y: labels };
    expect(new Set([...labels.keys()].map((i) => Buffer.from(rowAt(poison, i)).toString('hex'))).size).toBe(k);

    const region = regionOf(clean, 0.65);
    const own = Array.from(labels, (label, i) => ({ label, share: 1 / k, pixels: rowAt(poison, i) }));
    const means = poisonedMeans(region, clean, own, k);
    expect(own.filter(({ label, pixels }) => isInside(region, means, pixels, label)).length).toBeGreaterThanOrEqual(
      0.98 * k,
    );

    const taken = new Set(index);
    const all = [
      ...own,
      ...[...clean.y.keys()]
        .filter((row) => !taken.has(row))
        .map((row) => ({ label: clean.y[row]!, pixels: rowAt(clean, row) })),
    ];
    const distance = (a: Uint8Array, b: Uint8Array) => a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);
    for (const { label, pixels } of own.filter((_, i) => i % 10 === 0)) {
      const nearest = all
        .map((other) => ({ ...other, far: distance(pixels, other.pixels) }))
        .sort((a, b) => a.far - b.far);
      expect(nearest.slice(1, 6).every((other) => other.label === label)).toBe(true);
    }
  });

  it('says so where too few clean rows can be mixed', () =>
    expect(nearCloneSlab.poison(craft(0.9, { cloth: 0.9 }))).rejects.toThrow(
      /clean rows can be mixed with point 0, want 1260/,
    ));
});
