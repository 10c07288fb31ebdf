import { activate, gate } from './activation.ts';
import { Matrix, type Tensor2D, transposed } from './matrix.ts';
import { nativeOps } from './native-ops.ts';
import type { Tf } from './tf.ts';
import { type WeightedSum, weightedSumInJs } from './weighted-sum.ts';

/** Products of matrices and what dense layers make of them, each in the form that is fast on the engine at hand. */
export type Products = {
  /** a · b: [n, m] · [m, k] → [n, k] */
  product(a: Matrix, b: Matrix): Float32Array;
  /** aᵀ · b: [n, m], [n, k] → [m, k] */
  turnedLeft(a: Matrix, b: Matrix): Float32Array;
  /** a · bᵀ: [n, k], [m, k] → [n, m] */
  turnedRight(a: Matrix, b: Matrix): Matrix;
  /** ReLU(a · b / unit + bias), [n, k]. */
  hidden(a: Matrix, b: Matrix, bias: Float32Array, unit: number): Matrix;
  /** The deltas, 0 where ReLU's outputs are 0, [n, k]. Takes the deltas over. */
  gated(deltas: Matrix, outputs: Matrix): Matrix;
  /**
   * Σ w_i a_i δ_iᵀ / unit, [m, k], and Σ w_i δ_i, [k], of inputs [n, m] and deltas [n, k]. A row of weight 0 adds
   * nothing.
   */
  weightedSum(inputs: Matrix, deltas: Matrix, weights: Float32Array, unit: number): WeightedSum;
};

export const productsOf = (tf: Tf): Products => (tf.getBackend() === 'wasm' ? onWasm(tf) : onTensorFlow(tf));

/**
 * The fast kernel on wasm (XNNPACK) takes no transposed operands, and packs the right one anew for each product. So
 * operands are transposed here, and the small one stands on the right. With a large kernel the result is then
 * transposed; its bits are the same, since each number is the same sum. All else is as fast in JavaScript.
 */
function onWasm(tf: Tf): Products {
  const product = (a: Matrix, b: Matrix) =>
    a.rows === 0 ? new Float32Array(0) : read(tf.matMul(a.plain(), b.plain()));
  const turnedLeft = (a: Matrix, b: Matrix) => read(tf.matMul(a.turned(), b.plain()));
  return {
    product,
    turnedLeft,
    turnedRight(a, b) {
      const made = (values: Float32Array) => new Matrix(tf, values, a.rows, b.rows);
      if (a.rows === 0) return made(new Float32Array(0));
      if (b.rows <= 8 * a.rows) return made(read(tf.matMul(a.plain(), b.turned())));
      return made(transposed(read(tf.matMul(b.plain(), a.turned())), b.rows, a.rows));
    },
    hidden(a, b, bias, unit) {
      const output = product(a, b);
      activate(output, bias, unit, true);
      return new Matrix(tf, output, a.rows, b.columns);
    },
    gated(deltas, outputs) {
      gate(deltas.values, outputs.values);
      return deltas;
    },
    weightedSum: (inputs, deltas, weights, unit) => weightedSumInJs(turnedLeft, inputs, deltas, weights, unit),
  };
}

/**
 * TensorFlow transposes by itself, and is fastest with the narrow operand on the left. What is as wide as a hidden
 * layer stays inside of it from product to product.
 */
function onTensorFlow(tf: Tf): Products {
  const ops = nativeOps(tf);
  const narrow = 32;
  const empty = (columns: number) => new Matrix(tf, new Float32Array(0), 0, columns);
  const turnedLeft = (a: Matrix, b: Matrix) =>
    b.columns > narrow
      ? read(tf.matMul(a.plain(), b.plain(), true))
      : transposed(read(tf.matMul(b.plain(), a.plain(), true)), b.columns, a.columns);
  return {
    product: (a, b) => (a.rows === 0 ? new Float32Array(0) : read(tf.matMul(a.plain(), b.plain()))),
    turnedLeft,
    turnedRight: (a, b) =>
      a.rows === 0
        ? empty(b.rows)
        : new Matrix(tf, tf.matMul(a.plain(), b.plain(), false, true) as Tensor2D, a.rows, b.rows),
    hidden(a, b, bias, unit) {
      if (a.rows === 0) return empty(b.columns);
      const [left, right] = [a.plain(), b.plain()]; // theirs to keep: made here, not in the tidy
      const output = tf.tidy(() => {
        const product = tf.matMul(left, right);
        return tf.relu(tf.add(unit === 1 ? product : tf.mul(product, 1 / unit), tf.tensor1d(bias)));
      });
      return new Matrix(tf, output as Tensor2D, a.rows, b.columns);
    },
    gated(deltas, outputs) {
      if (deltas.rows === 0) return deltas;
      const open = new Matrix(tf, ops.reluGradient(deltas.plain(), outputs.plain()), deltas.rows, deltas.columns);
      deltas.dispose();
      return open;
    },
    weightedSum(inputs, deltas, weights, unit) {
      const masks = weights.includes(0) && !(inputs.isFinite && deltas.isFinite); // 0 · ∞ is no 0
      if (!deltas.inEngine || masks) return weightedSumInJs(turnedLeft, inputs, deltas, weights, unit);
      const n = weights.length;
      const [row, column] = [
        tf.tensor2d(weights, [1, n]),
        tf.tensor2d(
          weights.map((weight) => weight / unit),
          [n, 1],
        ),
      ];
      const weighted = new Matrix(tf, tf.mul(deltas.plain(), column) as Tensor2D, n, deltas.columns);
      const bias = read(tf.matMul(row, deltas.plain()));
      const kernel = turnedLeft(inputs, weighted);
      for (const made of [row, column, weighted]) made.dispose();
      return { kernel, bias };
    },
  };
}

function read(tensor: { dataSync(): unknown; dispose(): void }): Float32Array {
  const values = tensor.dataSync() as Float32Array;
  tensor.dispose();
  return values;
}
