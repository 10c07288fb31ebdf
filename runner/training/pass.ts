import { lossDeltas } from './loss.ts';
import { Matrix } from './matrix.ts';
import { forward, kernelOf, type Network } from './network.ts';

/** A batch as the engine takes it. */
export type Batch = {
  /** Their places in the training set, [n]. */
  readonly rows: Int32Array;
  /** In their own units, 0 … scale. [n, inputs] */
  readonly pixels: Matrix;
  /** ||x_i||² in those units, [n]: exact, whole numbers. */
  readonly pixelSquares: () => Float64Array;
  readonly scale: number;
  readonly labels: Int32Array;
  /** Multiply each row's loss; null: all 1. */
  readonly rowWeights: Float32Array | null;
};

/** What per-example gradients are made of: of each layer its inputs a_i and deltas δ_i = ∂loss_i/∂preactivation. g_i = a_i δ_iᵀ is never written out. */
export type Pass = { readonly inputs: readonly Matrix[]; readonly deltas: readonly Float32Array[]; readonly batch: Batch };

/** One pass forward and back. The caller disposes the inputs. */
export function passOf(network: Network, parameters: Float32Array, batch: Batch): Pass {
  const { inputs, logits } = forward(network, parameters, batch.pixels, batch.scale);
  const deltas = [lossDeltas(logits, batch.labels, batch.rowWeights)];
  for (let index = network.layers.length - 1; index > 0; index--) {
    const layer = network.layers[index]!;
    const kernel = kernelOf(network, layer, parameters);
    const above = new Matrix(network.tf, deltas[0]!, batch.labels.length, layer.units);
    const below = network.products.turnedRight(above, kernel); // [n, inputs]
    above.dispose();
    kernel.dispose();
    if (network.layers[index - 1]!.relu) gate(below, inputs[index]!.values);
    deltas.unshift(below);
  }
  return { inputs, deltas, batch };
}

/** Where ReLU gave 0 nothing comes back, in place: by the bits, for a branch would be guessed wrong half of the time. */
function gate(deltas: Float32Array, outputs: Float32Array): void {
  const bits = new Int32Array(deltas.buffer, deltas.byteOffset, deltas.length);
  const given = new Int32Array(outputs.buffer, outputs.byteOffset, outputs.length);
  for (let index = 0; index < bits.length; index++) bits[index]! &= (given[index]! | -given[index]!) >> 31;
}
