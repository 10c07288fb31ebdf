import type { Rng } from '../random/rng.ts';
import type { Network } from './network.ts';

/**
 * Glorot uniform kernels, U(−a, a) with a = √(6/(fan in + fan out)) (Glorot and Bengio 2010,
 * https://proceedings.mlr.press/v9/glorot10a.html), zero biases; flat. Of a convolution each fan is its channels times
 * the 9 places of its window.
 */
export function initialParameters({ layers, size }: Pick<Network, 'layers' | 'size'>, rng: Rng): Float32Array {
  const flat = new Float32Array(size);
  for (const { kernel, bias, fans } of layers) {
    const limit = Math.sqrt(6 / fans);
    for (let index = kernel; index < bias; index++) flat[index] = (2 * rng.uniform() - 1) * limit;
  }
  return flat;
}
