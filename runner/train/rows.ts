import type { LabeledSet } from '../../lib/contract/defense.ts';
import { rowSquares } from './dense-examples.ts';
import { Matrix } from './matrix.ts';
import { nativeOps } from './native-ops.ts';
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

/** Gives rows of one set again and again. */
export type PixelSource = {
  /** Those rows' pixels in their own units, as floats: valid until the next call. */
  take(places: Int32Array): Matrix;
  dispose(): void;
};

/** Where batches of up to some `batchSize` rows come from. On the native engine the set's bytes lie inside of it. */
export function pixelSource(tf: Tf, set: LabeledSet, inputs: number, batchSize: number): PixelSource {
  if (tf.getBackend() === 'wasm') {
    const buffer = new Float32Array(Math.min(2 * batchSize, set.n) * inputs);
    return { take: (places) => pixelsOf(tf, set, places, inputs, buffer), dispose() {} };
  }
  const bytes = nativeOps(tf).byteRows(set.x, set.n, inputs);
  return {
    take: (places) => new Matrix(tf, bytes.take(places), places.length, inputs),
    dispose: bytes.dispose,
  };
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
  return (places) => {
    const squares = new Float64Array(places.length);
    for (let index = 0; index < places.length; index++) {
      const row = places[index]!;
      if (known[row]! < 0) known[row] = rowSquares(x.subarray(row * inputs, (row + 1) * inputs), 1)[0]!;
      squares[index] = known[row]!;
    }
    return squares;
  };
}
