import type { Host, LabeledSet } from '../../../lib/contract/defense.ts';
import { softmax } from './softmax.ts';

/** Of the power iteration; scores need no more than the order that it gives. */
const iterations = 15;

/** Inputs (f, 1) and deltas δ = softmax − one-hot of a model's last layer, [n, width] and [n, classes]: the gradient of a row's loss is (f, 1) ⊗ δ. */
export type LastLayer = { readonly inputs: Float32Array; readonly deltas: Float32Array; readonly n: number };

/** Those rows' last layer, of all rows' features and logits. */
export function lastLayerOf(rows: readonly number[], features: Float32Array, logits: Float32Array, { n, y, classes }: LabeledSet): LastLayer {
  const given = features.length / n;
  const width = given + 1;
  const inputs = new Float32Array(rows.length * width).fill(1); // the last column is the bias's
  const deltas = new Float32Array(rows.length * classes);
  for (const [place, row] of rows.entries()) {
    inputs.set(features.subarray(row * given, (row + 1) * given), place * width);
    const shares = softmax(logits.subarray(row * classes, (row + 1) * classes));
    shares[y[row]!]! -= 1;
    deltas.set(shares, place * classes);
  }
  return { inputs, deltas, n: rows.length };
}

/**
 * Squared projections of the centered gradients on their top right singular vector, [n]. By power iteration from their norms; no gradient is written
 * out, for <(f, 1) ⊗ δ, V> = (f, 1)ᵀ V δ.
 */
export function outlierScores(tf: Host['tf'], { inputs, deltas, n }: LastLayer): Float64Array {
  const classes = deltas.length / n;
  let projections = lessMean(normsOf(inputs, deltas, n));
  tf.tidy(() => {
    const rows = tf.tensor2d(inputs, [n, inputs.length / n]);
    for (let iteration = 0; iteration < iterations; iteration++) {
      const direction = tf.matMul(tf.tensor2d(weightedColumns(deltas, projections), [classes, n]), rows); // [classes, width]: the large matrix is never transposed
      const length = Math.sqrt(tf.sum(tf.square(direction)).dataSync()[0]!);
      if (!(length > 0)) break;
      const turned = tf.matMul(rows, tf.transpose(direction)).dataSync(); // [n, classes]
      projections = lessMean(Float64Array.from({ length: n }, (_, row) => rowDot(turned, deltas, row, classes) / length));
    }
  });
  return projections.map((projection) => projection * projection);
}

/** Each row's deltas times its weight, column after column: [classes, n]. */
function weightedColumns(deltas: Float32Array, weights: Float64Array): Float32Array {
  const n = weights.length;
  const columns = new Float32Array(deltas.length);
  for (let row = 0, at = 0; row < n; row++) for (let to = row; to < columns.length; to += n, at++) columns[to] = deltas[at]! * weights[row]!;
  return columns;
}

function normsOf(inputs: Float32Array, deltas: Float32Array, n: number): Float64Array {
  const square = (values: Float32Array, row: number) => rowDot(values, values, row, values.length / n);
  return Float64Array.from({ length: n }, (_, row) => Math.sqrt(square(inputs, row) * square(deltas, row)));
}

function rowDot(a: ArrayLike<number>, b: ArrayLike<number>, row: number, width: number): number {
  let sum = 0;
  for (let at = row * width; at < (row + 1) * width; at++) sum += a[at]! * b[at]!;
  return sum;
}

function lessMean(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}
