import { FlatGradient, type Term } from './gradient.ts';
import { Matrix } from './matrix.ts';
import type { Network } from './network.ts';
import type { Pass } from './pass.ts';

/**
 * Norms, dot products and weighted sums of per-example gradients g_i = a_i δ_iᵀ without writing one out.
 * Norms: Goodfellow 2015, https://arxiv.org/abs/1510.01799. The sum as one weighted product: Bu et al. 2023, https://arxiv.org/abs/2210.00038
 */

/** ||g_i||, [n]: ||g_i||² = Σ over layers of (||a_i||² + 1)||δ_i||², in float64. */
export function norms({ inputs, deltas, batch }: Pass): Float32Array {
  const n = batch.labels.length;
  const squares = new Float64Array(n);
  for (const [index, layerDeltas] of deltas.entries()) {
    const inputSquares = index === 0 ? batch.pixelSquares() : rowSquares(inputs[index]!.values, n);
    const deltaSquares = rowSquares(layerDeltas, n);
    const unit = index === 0 ? batch.scale * batch.scale : 1;
    for (let row = 0; row < n; row++) squares[row]! += (inputSquares[row]! / unit + 1) * deltaSquares[row]!;
  }
  return Float32Array.from(squares, Math.sqrt);
}

/** <g_i, direction>, [n]: Σ over layers of a_iᵀ R δ_i + <r, δ_i>, R and r the direction's kernel and bias. */
export function dots(network: Network, { inputs, deltas, batch }: Pass, direction: Term | undefined): Float32Array {
  const n = batch.labels.length;
  const products = new Float64Array(n);
  if (!direction || n === 0) return new Float32Array(n);
  const { values, factor } = direction;
  for (const [index, layer] of network.layers.entries()) {
    const kernel = new Matrix(network.tf, values.subarray(layer.kernel, layer.bias), layer.inputs, layer.units);
    const turned = network.products.product(inputs[index]!, kernel); // [n, units]
    kernel.dispose();
    const bias = values.subarray(layer.bias, layer.bias + layer.units);
    const unit = index === 0 ? batch.scale : 1;
    for (let row = 0, at = 0; row < n; row++) {
      let sum = 0;
      for (let column = 0; column < layer.units; column++, at++) sum += (turned[at]! / unit + bias[column]!) * deltas[index]![at]!;
      products[row]! += sum;
    }
  }
  return Float32Array.from(products, (product) => product * factor);
}

/**
 * Σ w_i g_i. A row of weight 0 adds nothing, even where its gradient is not finite. With |w_i| ≤ C / ||g_i|| one row more or less moves
 * the sum by at most C, up to float32 rounding.
 */
export function weightedSum(network: Network, { inputs, deltas, batch }: Pass, weights: Float32Array): FlatGradient {
  const n = batch.labels.length;
  if (weights.length !== n) throw new RangeError(`sum: ${weights.length} weights, want one for each of the ${n} rows`);
  if (n === 0) return FlatGradient.zero;
  const sum = new Float32Array(network.size);
  for (const [index, layer] of network.layers.entries()) {
    const weighted = weightedDeltas(deltas[index]!, weights, index === 0 ? batch.scale : 1, sum.subarray(layer.bias, layer.bias + layer.units));
    const right = new Matrix(network.tf, weighted, n, layer.units);
    const masked = index > 0 ? withoutMasked(inputs[index]!, weights) : null;
    sum.set(network.products.turnedLeft(masked ?? inputs[index]!, right), layer.kernel);
    masked?.dispose();
    right.dispose();
  }
  return new FlatGradient([{ values: sum, factor: 1 }]);
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
  const bad = Array.from(weights.keys()).filter((row) => weights[row] === 0 && !values.subarray(row * columns, (row + 1) * columns).every(Number.isFinite));
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
