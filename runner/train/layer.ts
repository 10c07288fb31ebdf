import type { Matrix } from './matrix.ts';

/**
 * Where a layer's own parameters lie in the flat vector: its kernel from `kernel` on, then its `units` biases from
 * `bias` on. Without parameters `units` is 0.
 */
export type Place = { readonly kernel: number; readonly bias: number; readonly units: number };

/**
 * One layer. Rows are flat, [n, inputs] in and [n, outputs] out; of an image row by row, in a row pixel by pixel, in a
 * pixel channel by channel.
 */
export type NetworkLayer = Place & {
  readonly inputs: number;
  readonly outputs: number;
  readonly relu: boolean;
  /** Fan in + fan out of its kernel. */
  readonly fans: number;
  /** The outputs for inputs / unit, [n, outputs]. */
  forward(input: Matrix, parameters: Float32Array, unit: number): Matrix;
  /** ∂/∂inputs of what has those deltas at the outputs, [n, inputs]. */
  backward(deltas: Matrix, input: Matrix, parameters: Float32Array): Matrix;
  /** Its share of every example's gradient, from its inputs and the deltas of its outputs. */
  examples(given: LayerInput, deltas: Matrix): LayerExamples;
};

/** What a layer was given in a pass: inputs / unit. The unit is 1 but for pixels, which stay whole numbers. */
export type LayerInput = {
  readonly values: Matrix;
  readonly unit: number;
  /** ||row||² of the values as they are, [n]. */
  readonly squares: () => Float64Array;
};

/**
 * One layer's share of the gradients g_i of one pass. A class is best: what a pass makes anew as closures with loops,
 * V8 compiles anew for each pass.
 */
export type LayerExamples = {
  /** Adds ||g_i||². */
  addSquares(squares: Float64Array): void;
  /** Adds <g_i, direction>; the direction is the whole network's flat vector. */
  addDots(direction: Float32Array, products: Float64Array): void;
  /**
   * Σ w_i g_i into its place in the whole network's flat vector. A row of weight 0 adds nothing, even where its
   * gradient is not finite.
   */
  sumInto(sum: Float32Array, weights: Float32Array): void;
};

/** Of a layer without parameters. */
export const noExamples: LayerExamples = { addSquares() {}, addDots() {}, sumInto() {} };
