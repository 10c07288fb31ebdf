import { firstNotFinite, NotFinite } from './finite.ts';
import { FlatGradient, type Term } from './gradient.ts';
import type { Network } from './network.ts';
import type { Pass } from './pass.ts';

/**
 * Norms, dot products and weighted sums of per-example gradients without an array of them: each is a sum over the
 * layers, and a layer's share comes from its inputs and deltas (dense-examples.ts, conv-examples.ts).
 */

/** ||g_i||, [n]; added up in float64. */
export function norms({ examples, batch }: Pass): Float32Array {
  const squares = new Float64Array(batch.labels.length);
  for (const layer of examples) layer.addSquares(squares);
  return new Float32Array(squares.map(Math.sqrt));
}

/** <g_i, direction>, [n]. */
export function dots({ examples, batch }: Pass, direction: Term | undefined): Float32Array {
  const products = new Float64Array(batch.labels.length);
  if (!direction || products.length === 0) return new Float32Array(products.length);
  for (const layer of examples) layer.addDots(direction.values, products);
  return new Float32Array(products.map((product) => product * direction.factor));
}

/**
 * Σ w_i g_i. A row of weight 0 adds nothing, even where its gradient is not finite. With |w_i| ≤ C / ||g_i|| one row
 * more or less moves the sum by at most C, up to float32 rounding.
 */
export function weightedSum(network: Network, pass: Pass, weights: Float32Array): FlatGradient {
  const { examples, batch } = pass;
  const n = batch.labels.length;
  if (!(weights instanceof Float32Array)) throw new TypeError('sum: the weights are no Float32Array');
  if (weights.length !== n) throw new RangeError(`sum: ${weights.length} weights, want one for each of the ${n} rows`);
  if (n === 0) return FlatGradient.zero;
  const wrong = firstNotFinite(weights);
  if (wrong >= 0)
    throw new NotFinite(`sum: the weight of row ${wrong} of the batch is ${weights[wrong]}, want finite numbers`);
  const sum = new Float32Array(network.size);
  for (const layer of examples) layer.sumInto(sum, weights);
  if (firstNotFinite(sum) >= 0) throw new NotFinite(`sum: ${whatOverflows(pass, weights)}`);
  return new FlatGradient([{ values: sum, factor: 1 }]);
}

function whatOverflows(pass: Pass, weights: Float32Array): string {
  const row = norms(pass).findIndex((norm, at) => weights[at] !== 0 && !Number.isFinite(norm));
  return row < 0
    ? 'the weighted gradients add up to more than float32 holds'
    : `the gradient of row ${row} of the batch is not finite, and its weight ${weights[row]} is not 0`;
}
