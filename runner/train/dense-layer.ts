import { activate } from './activation.ts';
import { DenseExamples } from './dense-examples.ts';
import type { NetworkLayer } from './layer.ts';
import { Matrix, type Products } from './matrix.ts';
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
  const kernelOf = (parameters: Float32Array) => new Matrix(tf, parameters.subarray(kernel, bias), inputs, units);
  const product = (input: Matrix, parameters: Float32Array) => {
    const right = kernelOf(parameters);
    const output = products.product(input, right); // [n, units]
    right.dispose();
    return output;
  };
  return {
    ...{ inputs, outputs: units, units, relu, kernel, bias, fans: inputs + units },
    forward(input, parameters, unit) {
      const output = product(input, parameters); // [n, units]
      activate(output, parameters.subarray(bias, bias + units), unit, relu);
      return output;
    },
    backward(deltas, input, parameters) {
      const right = kernelOf(parameters);
      const above = new Matrix(tf, deltas, input.rows, units);
      const below = products.turnedRight(above, right); // [n, inputs]
      above.dispose();
      right.dispose();
      return below;
    },
    examples: (given, deltas) => new DenseExamples({ tf, products, product, kernel, bias, units }, given, deltas),
  };
}
