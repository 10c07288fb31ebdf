import type { Image } from '../models/shape.ts';
import type { Tf } from '../tf.ts';
import type { LayerExamples, LayerInput, Place } from './layer.ts';
import { Matrix, type Products } from './matrix.ts';
import { placesOf, spreading, unfolding } from './unfold.ts';

type Conv = Place & { readonly tf: Tf; readonly products: Products; readonly image: Image };

/**
 * With its input unfolded to U_i [places, p], a column of ones for the bias included, g_i = U_iᵀ D_i, [p, units]. Where that is smaller than two
 * matrices of [places, places] it is made once for each example, and serves norm, dot product and sum alike; else ||g_i||² = <U_i U_iᵀ, D_i D_iᵀ> and
 * one example's at a time is made for the sum: Bu et al. 2022, https://arxiv.org/abs/2205.10683, section 3.
 */
export function convExamples({ tf, products, image, kernel, units }: Conv, { values: inputs, unit }: LayerInput, deltas: Float32Array): LayerExamples {
  const [n, patch, places] = [inputs.rows, 9 * image.channels + 1, placesOf(image)];
  const size = patch * units;
  const [unfold, spread] = [unfolding(image, unit), spreading(image, units)];

  function withMatrices<T>(row: number, look: (unfolded: Matrix, deltas: Matrix) => T): T {
    const of = (values: Float32Array) => values.subarray((row * values.length) / n, ((row + 1) * values.length) / n);
    const [unfolded, spreadOut] = [new Matrix(tf, unfold(of(inputs.values)), patch, places), new Matrix(tf, spread(of(deltas)), places, units)];
    const seen = look(unfolded, spreadOut);
    unfolded.dispose();
    spreadOut.dispose();
    return seen;
  }
  const gradient = (row: number) => withMatrices(row, (unfolded, spreadOut) => products.product(unfolded, spreadOut)); // [patch, units]
  const gramProduct = (row: number) =>
    withMatrices(row, (unfolded, spreadOut) => dot(products.turnedLeft(unfolded, unfolded), products.turnedRight(spreadOut, spreadOut), 0));

  const kept: Float32Array[] = [];
  const small = size < 2 * places * places;
  const gradientOf = (row: number) => {
    if (!small) return gradient(row);
    kept[row] ??= gradient(row);
    return kept[row];
  };
  return {
    addSquares(squares) {
      for (let row = 0; row < n; row++) squares[row]! += small ? dot(gradientOf(row), gradientOf(row), 0) : Math.max(0, gramProduct(row));
    },
    addDots(direction, dots) {
      for (let row = 0; row < n; row++) dots[row]! += dot(gradientOf(row), direction, kernel);
    },
    sumInto(sum, weights) {
      const total = new Float64Array(size);
      for (let row = 0; row < n; row++) {
        const weight = weights[row]!;
        if (weight === 0) continue;
        const values = gradientOf(row);
        for (let index = 0; index < size; index++) total[index]! += weight * values[index]!;
      }
      sum.set(total, kernel); // kernel and bias lie together, as in g_i
    },
  };
}

/** Σ a_k b_(start + k), in float64. */
function dot(a: Float32Array, b: Float32Array, start: number): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[start + index]!;
  return sum;
}
