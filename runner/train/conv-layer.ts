import { activate } from './activation.ts';
import { ConvExamples } from './conv-examples.ts';
import type { NetworkLayer } from './layer.ts';
import { Matrix } from './matrix.ts';
import type { Image } from './models/shape.ts';
import type { Products } from './products.ts';
import type { Tf } from './tf.ts';

/**
 * A convolution with windows of 3 × 3, stride 1 and zeros around the image, then ReLU. The kernel is [3, 3, channels,
 * units], the output [height, width, units]. Both engines have a convolution of their own. The deltas go back by a
 * convolution too, with the kernel turned by 180°: on wasm no other way is fast.
 */
export function convLayer(tf: Tf, products: Products, image: Image, units: number, kernel: number): NetworkLayer {
  const { height, width, channels } = image;
  const bias = kernel + 9 * channels * units;
  const convolved = (values: Float32Array, n: number, from: number, window: Float32Array, to: number) => {
    if (n === 0) return new Float32Array(0);
    const images = tf.tensor4d(values, [n, height, width, from], 'float32');
    const filter = tf.tensor4d(window, [3, 3, from, to], 'float32');
    const output = tf.conv2d(images, filter, 1, 'same'); // [n, height, width, to]
    const read = output.dataSync() as Float32Array;
    for (const tensor of [images, filter, output]) tensor.dispose();
    return read;
  };
  return {
    ...{
      inputs: height * width * channels,
      outputs: height * width * units,
      units,
      relu: true,
      kernel,
      bias,
      fans: 9 * (channels + units),
    },
    forward(input, parameters, unit) {
      const output = convolved(input.values, input.rows, channels, parameters.subarray(kernel, bias), units); // [n, height · width · units]
      activate(output, parameters.subarray(bias, bias + units), unit, true);
      return new Matrix(tf, output, input.rows, height * width * units);
    },
    backward(deltas, input, parameters) {
      const turned = halfTurned(parameters.subarray(kernel, bias), channels, units);
      const below = convolved(deltas.values, input.rows, units, turned, channels); // [n, height · width · channels]
      return new Matrix(tf, below, input.rows, input.columns);
    },
    examples: (given, deltas) => new ConvExamples({ tf, products, image, kernel, bias, units }, given, deltas.values),
  };
}

/** [3, 3, from, to] → [3, 3, to, from], the nine places in reverse. */
function halfTurned(window: Float32Array, from: number, to: number): Float32Array {
  const turned = new Float32Array(window.length);
  for (let place = 0; place < 9; place++)
    for (let a = 0; a < from; a++)
      for (let b = 0; b < to; b++) turned[((8 - place) * to + b) * from + a] = window[(place * from + a) * to + b]!;
  return turned;
}
