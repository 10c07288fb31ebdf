import type { LabeledSet } from '../../lib/contract/defense.ts';
import { rowSquares } from './dense-examples.ts';
import { Matrix } from './matrix.ts';
import type { Tf } from './tf.ts';

/** Throws RangeError unless the set's arrays fit its numbers and a model of that many inputs and classes. */
export function checkRows(rows: LabeledSet, inputs: number, classes: number): void {
  const { n, x, y, scale } = rows;
  if (x.length !== n * inputs || y.length !== n)
    throw new RangeError(
      `rows: x has ${x.length} and y ${y.length} values, want n=${n} rows of ${inputs} and n labels`,
    );
  if (!(scale > 0)) throw new RangeError(`rows: scale=${scale}, want > 0`);
  for (let row = 0; row < n; row++)
    if (!(y[row]! >= 0 && y[row]! < classes))
      throw new RangeError(`rows: label ${y[row]} of row ${row}, want 0 … ${classes - 1}`);
}

/** Those rows' pixels in their own units, as floats, written into `into` where it is given and large enough. */
export function pixelsOf(
  tf: Tf,
  { x }: Pick<LabeledSet, 'x'>,
  places: Int32Array,
  inputs: number,
  into?: Float32Array,
): Matrix {
  const length = places.length * inputs;
  const pixels = into && into.length >= length ? into.subarray(0, length) : new Float32Array(length);
  for (const [index, row] of places.entries()) pixels.set(x.subarray(row * inputs, (row + 1) * inputs), index * inputs);
  return new Matrix(tf, pixels, places.length, inputs);
}

/** ||x_i||² in pixel units, counted once for each row that is asked for. */
export function pixelSquaresOf(
  { x, n }: Pick<LabeledSet, 'x' | 'n'>,
  inputs: number,
): (places: Int32Array) => Float64Array {
  const known = new Float64Array(n).fill(-1);
  return (places) =>
    Float64Array.from(places, (row) => {
      if (known[row]! < 0) known[row] = rowSquares(x.subarray(row * inputs, (row + 1) * inputs), 1)[0]!;
      return known[row]!;
    });
}
