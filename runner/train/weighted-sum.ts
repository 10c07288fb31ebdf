import { Matrix } from './matrix.ts';

/** Of a dense layer's gradients: of the kernel and of the biases. */
export type WeightedSum = { readonly kernel: Float32Array; readonly bias: Float32Array };

/** The weighted sum of a dense layer's gradients, all but the product in plain loops: Products.weightedSum. */
export function weightedSumInJs(
  turnedLeft: (a: Matrix, b: Matrix) => Float32Array,
  inputs: Matrix,
  deltas: Matrix,
  weights: Float32Array,
  unit: number,
): WeightedSum {
  const bias = new Float32Array(deltas.columns);
  const weighted = weightedDeltas(deltas.values, weights, unit, bias);
  const right = new Matrix(inputs.tf, weighted, weights.length, deltas.columns);
  const masked = withoutMasked(inputs, weights);
  const kernel = turnedLeft(masked ?? inputs, right);
  masked?.dispose();
  right.dispose();
  return { kernel, bias };
}

/** w_i δ_i / unit, rows of weight 0 left out; and Σ w_i δ_i into `bias`. */
function weightedDeltas(deltas: Float32Array, weights: Float32Array, unit: number, bias: Float32Array): Float32Array {
  const columns = bias.length;
  const inverse = 1 / unit;
  const weighted = new Float32Array(deltas.length);
  const sums = new Float64Array(columns);
  for (let row = 0, at = 0; row < weights.length; row++) {
    const weight = weights[row]!;
    if (weight === 0) at += columns;
    else
      for (let column = 0; column < columns; column++, at++) {
        const delta = weight * deltas[at]!;
        sums[column]! += delta;
        weighted[at] = delta * inverse;
      }
  }
  bias.set(sums);
  return weighted;
}

/** A copy whose rows of weight 0 are 0, where one of those is not finite (0 · ∞ would be NaN); else null. */
function withoutMasked(inputs: Matrix, weights: Float32Array): Matrix | null {
  if (inputs.isFinite || !weights.includes(0)) return null;
  const { values, rows, columns, tf } = inputs;
  const bad = Array.from(weights.keys()).filter(
    (row) => weights[row] === 0 && !values.subarray(row * columns, (row + 1) * columns).every(Number.isFinite),
  );
  if (bad.length === 0) return null;
  const copy = values.slice();
  for (const row of bad) copy.fill(0, row * columns, (row + 1) * columns);
  return new Matrix(tf, copy, rows, columns);
}
