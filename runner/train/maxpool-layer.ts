import { type NetworkLayer, noExamples } from './layer.ts';
import { Matrix } from './matrix.ts';
import type { Image } from './models/shape.ts';

/**
 * The largest of each 2 × 2 pixels, channel by channel; an odd last row or column is left out. Deltas go back to the
 * first pixel that is the largest. A NaN among the four stays one.
 */
export function maxpoolLayer(image: Image, kernel: number): NetworkLayer {
  const { height, width, channels } = image;
  const outputs = Math.floor(height / 2) * Math.floor(width / 2) * channels;
  return {
    ...{ inputs: height * width * channels, outputs, units: 0, relu: false, kernel, bias: kernel, fans: 0 },
    forward({ tf, values, rows }, _, unit) {
      const output = largest(image, values, new Float32Array(rows * outputs), 1 / unit);
      return new Matrix(tf, output, rows, outputs);
    },
    backward: (deltas, { tf, values, rows, columns }) =>
      new Matrix(tf, broughtBack(image, values, deltas.values), rows, columns),
    examples: () => noExamples,
  };
}

/** Places of the upper left of each four pixels; the others are one pixel, one line, and both further on. */
function cornersOf({ height, width, channels }: Image): Int32Array {
  const [rows, columns] = [Math.floor(height / 2), Math.floor(width / 2)];
  return Int32Array.from(
    { length: rows * columns },
    (_, place) => 2 * (Math.floor(place / columns) * width + (place % columns)) * channels,
  );
}

function largest(image: Image, values: Float32Array, output: Float32Array, factor: number): Float32Array {
  const { height, width, channels } = image;
  const [corners, size, line] = [cornersOf(image), height * width * channels, width * channels];
  for (let start = 0, to = 0; start < values.length; start += size)
    for (let place = 0; place < corners.length; place++)
      for (let channel = 0, from = start + corners[place]!; channel < channels; channel++, from++, to++) {
        const above = Math.max(values[from]!, values[from + channels]!);
        const below = Math.max(values[from + line]!, values[from + line + channels]!);
        output[to] = Math.max(above, below) * factor;
      }
  return output;
}

function broughtBack(image: Image, values: Float32Array, deltas: Float32Array): Float32Array {
  const { height, width, channels } = image;
  const [corners, size, line] = [cornersOf(image), height * width * channels, width * channels];
  const back = new Float32Array(values.length);
  for (let start = 0, to = 0; start < values.length; start += size)
    for (let place = 0; place < corners.length; place++)
      for (let channel = 0, from = start + corners[place]!; channel < channels; channel++, from++, to++) {
        const above = Math.max(values[from]!, values[from + channels]!);
        const below = Math.max(values[from + line]!, values[from + line + channels]!);
        const first = below > above ? from + line : from;
        back[values[first] === Math.max(above, below) ? first : first + channels] = deltas[to]!;
      }
  return back;
}
