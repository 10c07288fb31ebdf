import type { LayerExamples, LayerInput, Place } from './layer.ts';
import { Matrix } from './matrix.ts';
import type { Image } from './models/shape.ts';
import type { Products } from './products.ts';
import type { Tf } from './tf.ts';
import { placesOf, Unfolding } from './unfold.ts';

type Conv = Place & { readonly tf: Tf; readonly products: Products; readonly image: Image };

/**
 * The input of example i is unfolded to U_i, [places, p], with a column of ones for the bias. Then g_i = U_iᵀ D_i, [p,
 * units]. Where g_i is smaller than two matrices of [places, places], it is made once for each example, and serves
 * norm, dot product and sum. Otherwise ||g_i||² = <U_i U_iᵀ, D_i D_iᵀ>, and the sum makes one g_i after the other. Bu
 * et al. 2022, https://arxiv.org/abs/2205.10683, section 3.
 */
export class ConvExamples implements LayerExamples {
  readonly #layer: Conv;
  readonly #inputs: Matrix;
  readonly #deltas: Float32Array;
  readonly #unfolding: Unfolding;
  readonly #patch: number;
  readonly #places: number;
  readonly #kept: Float32Array[] | null;

  constructor(layer: Conv, { values, unit }: LayerInput, deltas: Float32Array) {
    this.#layer = layer;
    this.#inputs = values;
    this.#deltas = deltas;
    this.#unfolding = new Unfolding(layer.image, unit, layer.units);
    this.#patch = 9 * layer.image.channels + 1;
    this.#places = placesOf(layer.image);
    this.#kept = this.#patch * layer.units < 2 * this.#places * this.#places ? [] : null;
  }

  addSquares(squares: Float64Array): void {
    for (let row = 0; row < squares.length; row++) {
      const gradient = this.#kept && this.#gradientOf(row);
      squares[row]! += gradient ? dot(gradient, gradient, 0) : Math.max(0, this.#gramProduct(row));
    }
  }

  addDots(direction: Float32Array, products: Float64Array): void {
    for (let row = 0; row < products.length; row++)
      products[row]! += dot(this.#gradientOf(row), direction, this.#layer.kernel);
  }

  sumInto(sum: Float32Array, weights: Float32Array): void {
    const total = new Float64Array(this.#patch * this.#layer.units);
    for (const [row, weight] of weights.entries()) if (weight !== 0) addTimes(total, this.#gradientOf(row), weight);
    sum.set(total, this.#layer.kernel); // kernel and bias lie together, as in g_i
  }

  #gradientOf(row: number): Float32Array {
    const kept = this.#kept?.[row];
    if (kept) return kept;
    const { products } = this.#layer;
    const gradient = this.#withMatrices(row, (unfolded, spread) => products.product(unfolded, spread)); // [patch, units]
    if (this.#kept) this.#kept[row] = gradient;
    return gradient;
  }

  #gramProduct(row: number): number {
    const { products } = this.#layer;
    return this.#withMatrices(row, (unfolded, spread) =>
      dot(products.turnedLeft(unfolded, unfolded), readOnce(products.turnedRight(spread, spread)), 0),
    );
  }

  #withMatrices<T>(row: number, look: (unfolded: Matrix, spread: Matrix) => T): T {
    const { tf, units } = this.#layer;
    const of = (values: Float32Array) =>
      values.subarray((row * values.length) / this.#inputs.rows, ((row + 1) * values.length) / this.#inputs.rows);
    const unfolded = new Matrix(tf, this.#unfolding.unfold(of(this.#inputs.values)), this.#patch, this.#places);
    const spread = new Matrix(tf, this.#unfolding.spread(of(this.#deltas)), this.#places, units);
    const seen = look(unfolded, spread);
    unfolded.dispose();
    spread.dispose();
    return seen;
  }
}

function readOnce(matrix: Matrix): Float32Array {
  const { values } = matrix;
  matrix.dispose();
  return values;
}

/** Σ a_k b_(start + k), in float64. */
function dot(a: Float32Array, b: Float32Array, start: number): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[start + index]!;
  return sum;
}

function addTimes(total: Float64Array, values: Float32Array, weight: number): void {
  for (let index = 0; index < total.length; index++) total[index]! += weight * values[index]!;
}
