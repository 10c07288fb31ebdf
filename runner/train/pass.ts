import { rowSquares } from './dense-examples.ts';
import type { LayerExamples } from './layer.ts';
import { lossDeltas, type Wanted } from './loss.ts';
import { Matrix } from './matrix.ts';
import { forward, type Network } from './network.ts';

/** A batch as the engine takes it. */
export type Batch = Wanted & {
  /** Their places in the training set, [n]. */
  readonly rows: Int32Array;
  /** In their own units, 0 … scale. [n, inputs] */
  readonly pixels: Matrix;
  /** ||x_i||² in those units, [n]: exact, whole numbers. */
  readonly pixelSquares: () => Float64Array;
  readonly scale: number;
};

/**
 * What per-example gradients are made of: of each layer its inputs a_i, its deltas δ_i = ∂loss_i/∂preactivation, and
 * what it makes of both.
 */
export type Pass = {
  readonly inputs: readonly Matrix[];
  readonly deltas: readonly Matrix[];
  readonly examples: readonly LayerExamples[];
  readonly batch: Batch;
};

/** One pass forward and back. The caller hands it to `disposePass`. */
export function passOf(network: Network, parameters: Float32Array, batch: Batch): Pass {
  const { tf, layers, products } = network;
  const { inputs, logits } = forward(network, parameters, batch.pixels, batch.scale);
  const n = batch.labels.length;
  const ofLogits = lossDeltas(logits, batch); // [n, classes]
  const deltas = [new Matrix(tf, ofLogits, n, layers.at(-1)!.outputs)];
  for (let index = layers.length - 1; index > 0; index--) {
    const below = layers[index]!.backward(deltas[0]!, inputs[index]!, parameters);
    deltas.unshift(layers[index - 1]!.relu ? products.gated(below, inputs[index]!) : below);
  }
  const pixels = { values: inputs[0]!, unit: batch.scale, squares: batch.pixelSquares };
  const given = inputs.map((values, index) =>
    index === 0 ? pixels : { values, unit: 1, squares: () => rowSquares(values.values, values.rows) },
  );
  return {
    inputs,
    deltas,
    batch,
    examples: layers.map((layer, index) => layer.examples(given[index]!, deltas[index]!)),
  };
}

export function disposePass({ inputs, deltas }: Pass): void {
  for (const matrix of inputs) matrix.dispose();
  for (const matrix of deltas) matrix.dispose();
}
