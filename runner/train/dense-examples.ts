import type { LayerExamples, LayerInput, Place } from './layer.ts';
import type { Matrix } from './matrix.ts';
import type { Products } from './products.ts';

type Dense = Place & {
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
  readonly #deltas: Matrix;

  constructor(layer: Dense, input: LayerInput, deltas: Matrix) {
    this.#layer = layer;
    this.#input = input;
    this.#deltas = deltas;
  }

  addSquares(squares: Float64Array): void {
    const ofInputs = this.#input.squares();
    const ofDeltas = rowSquares(this.#deltas.values, squares.length);
    const unit = this.#input.unit * this.#input.unit;
    for (let row = 0; row < squares.length; row++) squares[row]! += (ofInputs[row]! / unit + 1) * ofDeltas[row]!;
  }

  addDots(direction: Float32Array, products: Float64Array): void {
    const { units, bias } = this.#layer;
    const turned = this.#layer.product(this.#input.values, direction); // [n, units]
    const [deltas, biases, unit] = [this.#deltas.values, direction.subarray(bias, bias + units), this.#input.unit];
    for (let row = 0, at = 0; row < products.length; row++) {
      let sum = 0;
      for (let column = 0; column < units; column++, at++) sum += (turned[at]! / unit + biases[column]!) * deltas[at]!;
      products[row]! += sum;
    }
  }

  sumInto(sum: Float32Array, weights: Float32Array): void {
    const { products, kernel, bias } = this.#layer;
    const total = products.weightedSum(this.#input.values, this.#deltas, weights, this.#input.unit);
    sum.set(total.kernel, kernel);
    sum.set(total.bias, bias);
  }
}

/** ||row||², [n]. Four sums, since each waits for the last one. */
export function rowSquares(values: Float32Array | Uint8Array, n: number): Float64Array {
  const columns = values.length / Math.max(n, 1);
  const whole = columns - (columns % 4);
  const squares = new Float64Array(n);
  for (let row = 0, at = 0; row < n; row++) {
    let [a, b, c, d] = [0, 0, 0, 0];
    for (const end = at + whole; at < end; at += 4) {
      a += values[at]! * values[at]!;
      b += values[at + 1]! * values[at + 1]!;
      c += values[at + 2]! * values[at + 2]!;
      d += values[at + 3]! * values[at + 3]!;
    }
    for (const end = at + columns - whole; at < end; at++) a += values[at]! * values[at]!;
    squares[row] = a + b + (c + d);
  }
  return squares;
}
