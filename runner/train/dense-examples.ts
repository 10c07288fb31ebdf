import type { LayerExamples, LayerInput, Place } from './layer.ts';
import { Matrix, type Products } from './matrix.ts';
import type { Tf } from './tf.ts';

type Dense = Place & {
  readonly tf: Tf;
  readonly products: Products;
  product(input: Matrix, parameters: Float32Array): Float32Array;
};

/**
 * g_i = a_i δ_iᵀ, never written out. ||g_i||² = (||a_i||² + 1)||δ_i||² with bias, in float64: Goodfellow 2015,
 * https://arxiv.org/abs/1510.01799. <g_i, R> = a_iᵀ R δ_i + <r, δ_i>. The sum is one weighted product: Bu et al. 2023,
 * https://arxiv.org/abs/2210.00038
 */
export class DenseExamples implements LayerExamples {
  readonly #layer: Dense;
  readonly #input: LayerInput;
  readonly #deltas: Float32Array;

  constructor(layer: Dense, input: LayerInput, deltas: Float32Array) {
    this.#layer = layer;
    this.#input = input;
    this.#deltas = deltas;
  }

  addSquares(squares: Float64Array): void {
    const ofInputs = this.#input.squares();
    const ofDeltas = rowSquares(this.#deltas, squares.length);
    const unit = this.#input.unit * this.#input.unit;
    for (let row = 0; row < squares.length; row++) squares[row]! += (ofInputs[row]! / unit + 1) * ofDeltas[row]!;
  }

  addDots(direction: Float32Array, products: Float64Array): void {
    const { units, bias } = this.#layer;
    const turned = this.#layer.product(this.#input.values, direction); // [n, units]
    const [deltas, biases, unit] = [this.#deltas, direction.subarray(bias, bias + units), this.#input.unit];
    for (let row = 0, at = 0; row < products.length; row++) {
      let sum = 0;
      for (let column = 0; column < units; column++, at++) sum += (turned[at]! / unit + biases[column]!) * deltas[at]!;
      products[row]! += sum;
    }
  }

  sumInto(sum: Float32Array, weights: Float32Array): void {
    const { tf, products, units, kernel, bias } = this.#layer;
    const weighted = weightedDeltas(this.#deltas, weights, this.#input.unit, sum.subarray(bias, bias + units));
    const right = new Matrix(tf, weighted, weights.length, units);
    const masked = withoutMasked(this.#input.values, weights);
    sum.set(products.turnedLeft(masked ?? this.#input.values, right), kernel);
    masked?.dispose();
    right.dispose();
  }
}

/** w_i δ_i / scale, rows of weight 0 left out; and Σ w_i δ_i into `bias`. */
function weightedDeltas(deltas: Float32Array, weights: Float32Array, scale: number, bias: Float32Array): Float32Array {
  const units = bias.length;
  const inverse = 1 / scale;
  const weighted = new Float32Array(deltas.length);
  const sums = new Float64Array(units);
  for (let row = 0, at = 0; row < weights.length; row++) {
    const weight = weights[row]!;
    if (weight === 0) at += units;
    else
      for (let unit = 0; unit < units; unit++, at++) {
        const delta = weight * deltas[at]!;
        sums[unit]! += delta;
        weighted[at] = delta * inverse;
      }
  }
  bias.set(sums);
  return weighted;
}

/** A copy whose rows of weight 0 are 0, where one of those is not finite (0 · ∞ would be NaN); else null. */
function withoutMasked(inputs: Matrix, weights: Float32Array): Matrix | null {
  const { values, rows, columns, tf } = inputs;
  const bad = Array.from(weights.keys()).filter(
    (row) => weights[row] === 0 && !values.subarray(row * columns, (row + 1) * columns).every(Number.isFinite),
  );
  if (bad.length === 0) return null;
  const copy = values.slice();
  for (const row of bad) copy.fill(0, row * columns, (row + 1) * columns);
  return new Matrix(tf, copy, rows, columns);
}

/** ||row||², [n]. */
export function rowSquares(values: Float32Array | Uint8Array, n: number): Float64Array {
  const columns = values.length / Math.max(n, 1);
  const squares = new Float64Array(n);
  for (let row = 0, at = 0; row < n; row++) {
    let sum = 0;
    for (let column = 0; column < columns; column++, at++) sum += values[at]! * values[at]!;
    squares[row] = sum;
  }
  return squares;
}
