import type { Recipe } from '../../lib/contract/defense.ts';
import { rngOf } from '../random/rng.ts';
import { batchesOf } from '../train/batches.ts';
import { exponential } from '../train/exponential.ts';
import { learningRates } from '../train/schedule.ts';

/**
 * Rows of a binary task, for a search that trains on them hundreds of times: pixels divided by the scale, and ||x||² +
 * 1 of each row.
 */
export type BinaryRows = {
  readonly x: Float32Array;
  readonly squares: Float64Array;
  readonly y: Uint8Array;
  readonly size: number;
};

/** A line between the two classes: its normal and then its offset. */
export type Line = Float64Array; // [size + 1]

/**
 * Smaller than the suite's 256: the last iterate of a rate that falls to 0 is hardly noisier, and comes eight times as
 * fast.
 */
const batchSize = 32;

/**
 * The last iterate of `lr` on a binary task by the recipe, in the difference of its two outputs, which follows the same
 * steps at twice the rate; from 0. With a clipping norm each example's gradient, over both outputs, is cut to it. Uses
 * + − × ÷ √ of doubles: the same on every machine.
 */
export function trainLine(
  { x, squares, y, size }: BinaryRows,
  rows: Int32Array,
  recipe: Recipe,
  seed: string,
  clippingNorm: number,
): Line {
  const line = new Float64Array(size + 1);
  const velocity = new Float64Array(size + 1);
  const gradient = new Float64Array(size + 1);
  const batches = batchesOf('poisson', rows.length, batchSize, rngOf(seed));
  for (const rate of learningRates(recipe, recipe.steps)) {
    gradient.fill(0);
    for (const place of batches()) {
      const row = rows[place]!;
      const slope = sigmoid(heightOf(line, x, row * size)) - y[row]!;
      const norm = Math.sqrt(2 * squares[row]!) * Math.abs(slope);
      const factor = norm > clippingNorm ? (slope * clippingNorm) / norm : slope;
      for (let i = 0, at = row * size; i < size; i++, at++) gradient[i] = gradient[i]! + factor * x[at]!;
      gradient[size]! += factor;
    }
    for (let i = 0; i <= size; i++) {
      velocity[i] = recipe.momentum * velocity[i]! + gradient[i]! / batchSize;
      line[i]! -= 2 * rate * velocity[i]!;
    }
  }
  return line;
}

/** The share of the rows on the side of their label. */
export function accuracyOf(line: Line, { x, y, size }: BinaryRows, rows: Int32Array): number {
  return rows.filter((row) => heightOf(line, x, row * size) > 0 === (y[row] === 1)).length / rows.length;
}

function heightOf(line: Line, x: Float32Array, from: number): number {
  const size = line.length - 1;
  let [s0, s1, s2, s3] = [line[size]!, 0, 0, 0];
  for (let i = 0, at = from; i < size; i += 4, at += 4) {
    s0 += line[i]! * x[at]!;
    s1 += line[i + 1]! * x[at + 1]!;
    s2 += line[i + 2]! * x[at + 2]!;
    s3 += line[i + 3]! * x[at + 3]!;
  }
  return s0 + s1 + (s2 + s3);
}

function sigmoid(z: number): number {
  const e = exponential(-Math.abs(z));
  return z > 0 ? 1 / (1 + e) : e / (1 + e);
}
