import type { LabeledSet } from '../../lib/contract/defense.ts';
import { rowSize } from '../datasets/rows.ts';
import { type Region, regionOf, usualQuantile } from './attacks/sphere-and-slab.ts';
import type { Line } from './binary-victim.ts';

/**
 * A point of class c is μ_c − c (a·w + b·u + e·v), c = ±1: w between the means, u the clean model's weights, v the
 * first principal direction, made orthogonal, all as long as w.
 */
export type Directions = {
  readonly region: Region;
  readonly w: Float64Array;
  readonly u: Float64Array;
  readonly v: Float64Array;
};

export function directionsOf(clean: LabeledSet, line: Line): Directions {
  const region = regionOf(clean, usualQuantile);
  const size = rowSize(clean);
  const w = Float64Array.from({ length: size }, (_, pixel) => region.means[1]![pixel]! - region.means[0]![pixel]!);
  const length = Math.sqrt(dot(w, w));
  const u = orthogonal(line.slice(0, size), [w], length);
  return { region, w, u, v: orthogonal(principal(clean, region), [w, u], length) };
}

/** The first principal direction of the rows around the means of their classes, by power iteration. */
function principal(clean: LabeledSet, { means }: Region): Float64Array {
  const size = rowSize(clean);
  const off = new Float64Array(size);
  let direction = new Float64Array(size).fill(1);
  for (let iteration = 0; iteration < 20; iteration++) {
    const next = new Float64Array(size);
    for (let row = 0; row < clean.n; row++) {
      const mean = means[clean.y[row]!]!;
      for (let i = 0; i < size; i++) off[i] = clean.x[row * size + i]! - mean[i]!;
      const along = dot(off, direction);
      for (let i = 0; i < size; i++) next[i] = next[i]! + along * off[i]!;
    }
    const norm = Math.sqrt(dot(next, next));
    direction = next.map((value) => value / norm);
  }
  return direction;
}

/** The part of the vector that is orthogonal to the others, which are to each other, and as long as wanted. */
function orthogonal(vector: Float64Array, others: readonly Float64Array[], length: number): Float64Array {
  let rest = vector;
  for (const other of others) {
    const along = dot(rest, other) / dot(other, other);
    rest = rest.map((value, i) => value - along * other[i]!);
  }
  const norm = Math.sqrt(dot(rest, rest));
  return rest.map((value) => (value * length) / norm);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
