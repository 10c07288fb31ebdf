import { z } from 'zod';
import { rowAt, rowSize } from '../../datasets/rows.ts';
import { anyMistake } from './aims.ts';
import { rowsAtRate } from './budget.ts';
import { defineAttack } from './define-attack.ts';
import { copiesOf } from './slab.ts';
import { type Group, isInside, poisonedMeans, regionOf, usualQuantile } from './sphere-and-slab.ts';

const Params = z.strictObject({
  /** The share of a clean row in each poison row; the rest is a point of the slab attack. */
  cloth: z.number().positive().max(1),
});

/** Poison moves the means that it is judged by: rows are chosen anew around the means that the last choice gave. */
const rounds = 4;

/**
 * The slab attack against sanitizers. Every poison row mixes one of the slab attack's points with a clean row of the
 * same label (a convex combination). So no two rows are the same, all lie in sphere and slab of their label, and each
 * has many near neighbors of its label. They pass filters for duplicates, for distance from the class's mean, and for
 * neighbors of another label.
 *
 * Threat model: that of `slab`. The attacker also knows that the data is cleaned of outliers, by spheres, slabs or
 * neighbors.
 */
export const nearCloneSlab = defineAttack('near-clone-slab', {
  example: { budget: 0.2, params: { cloth: 0.3 } },
  params: Params,
  async poison({ clean, test, budget, params: { cloth }, points, rng }) {
    const k = rowsAtRate(clean.n, budget);
    const size = rowSize(clean);
    const region = regionOf(clean, usualQuantile);
    const mix = (pixels: ArrayLike<number>, row: ArrayLike<number>) =>
      Uint8Array.from(pixels, (value, i) => Math.floor((1 - cloth) * value + cloth * row[i]! + 0.5));
    const order = rng.fork('rows').shuffle(Int32Array.from({ length: clean.n }, (_, row) => row));
    const copies = copiesOf(points, k);
    let groups: Group[] = points.map((point) => ({ ...point, pixels: mix(point.pixels, region.means[point.label]!) }));
    let rows: Uint8Array = new Uint8Array();
    for (let round = 0; round < rounds; round++) {
      const means = poisonedMeans(region, clean, groups, k);
      const groupRows = points.map(({ label, pixels }, point) => {
        const wanted = copies.filter((copy) => copy === point).length;
        const found: Uint8Array[] = [];
        for (let at = 0; at < order.length && found.length < wanted; at++) {
          const row = order[at]!;
          const mixed = clean.y[row] === label && mix(pixels, rowAt(clean, row));
          if (mixed && isInside(region, means, mixed, label)) found.push(mixed);
        }
        if (found.length < wanted)
          throw new RangeError(
            `near-clone-slab: ${found.length} clean rows can be mixed with point ${point}, want ${wanted}; lower the rate or the share of clean rows`,
          );
        return found;
      });
      groups = points.map(({ label, share }, point) => ({ label, share, pixels: meanOf(groupRows[point]!) }));
      rows = joined(groupRows.flat(), size);
      await new Promise(setImmediate); // lets a signal through
    }
    return {
      index: rng.fork('displaced').sample(clean.n, k),
      labels: copies.map((point) => points[point]!.label),
      rows,
      aim: anyMistake(test),
    };
  },
});

const meanOf = (rows: readonly Uint8Array[]) =>
  Float64Array.from(rows[0]!, (_, pixel) => rows.reduce((sum, row) => sum + row[pixel]!, 0) / rows.length);

function joined(rows: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(rows.length * size);
  for (const [i, row] of rows.entries()) all.set(row, i * size);
  return all;
}
