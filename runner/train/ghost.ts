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
  return Float32Array.from(squares, Math.sqrt);
}

/** <g_i, direction>, [n]. */
export function dots({ examples, batch }: Pass, direction: Term | undefined): Float32Array {
  const products = new Float64Array(batch.labels.length);
  if (!direction || products.length === 0) return new Float32Array(products.length);
  for (const layer of examples) layer.addDots(direction.values, products);
  return Float32Array.from(products, (product) => product * direction.factor);
}

/**
 * Σ w_i g_i. A row of weight 0 adds nothing, even where its gradient is not finite. With |w_i| ≤ C / ||g_i|| one row
 * more or less moves the sum by at most C, up to float32 rounding.
 */
export function weightedSum(network: Network, { examples, batch }: Pass, weights: Float32Array): FlatGradient {
  const n = batch.labels.length;
  if (weights.length !== n) throw new RangeError(`sum: ${weights.length} weights, want one for each of the ${n} rows`);
  if (n === 0) return FlatGradient.zero;
  const sum = new Float32Array(network.size);
  for (const layer of examples) layer.sumInto(sum, weights);
  return new FlatGradient([{ values: sum, factor: 1 }]);
}
