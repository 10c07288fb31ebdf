import { activate } from './activation.ts';
import { DenseExamples } from './dense-examples.ts';
import type { NetworkLayer } from './layer.ts';
import { Matrix } from './matrix.ts';
import type { Products } from './products.ts';
import type { Tf } from './tf.ts';

/** x · kernel + bias; the kernel is [inputs, units]. */
export function denseLayer(
  tf: Tf,
  products: Products,
  inputs: number,
  units: number,
  relu: boolean,
  kernel: number,
): NetworkLayer {
  const bias = kernel + inputs * units;
  const withKernel = <T>(parameters: Float32Array, use: (right: Matrix) => T): T => {
    const right = new Matrix(tf, parameters.subarray(kernel, bias), inputs, units);
    const made = use(right);
    right.dispose();
    return made;
  };
  const product = (input: Matrix, parameters: Float32Array) =>
    withKernel(parameters, (right) => products.product(input, right)); // [n, units]
  return {
    ...{ inputs, outputs: units, units, relu, kernel, bias, fans: inputs + units },
    forward(input, parameters, unit) {
      const biases = parameters.subarray(bias, bias + units);
      if (relu) return withKernel(parameters, (right) => products.hidden(input, right, biases, unit)); // [n, units]
      const output = product(input, parameters); // [n, units]
      activate(output, biases, unit, false);
      return new Matrix(tf, output, input.rows, units);
    },
    backward: (deltas, _, parameters) => withKernel(parameters, (right) => products.turnedRight(deltas, right)), // [n, inputs]
    examples: (given, deltas) => new DenseExamples({ products, product, kernel, bias, units }, given, deltas),
  };
}
