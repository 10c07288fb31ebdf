import type { Image } from '../models/shape.ts';
import { type NetworkLayer, noExamples } from './layer.ts';

/**
 * The largest of each 2 × 2 pixels, channel by channel; an odd last row or column is left out. Deltas go back to the first pixel that is the largest.
 * A NaN among the four stays one.
 */
export function maxpoolLayer({ height, width, channels }: Image, kernel: number): NetworkLayer {
  const [rows, columns] = [Math.floor(height / 2), Math.floor(width / 2)];
  const [inputs, outputs, line] = [height * width * channels, rows * columns * channels, width * channels];
  const corners = Int32Array.from({ length: rows * columns }, (_, place) => 2 * Math.floor(place / columns) * line + 2 * (place % columns) * channels);
  return {
    ...{ inputs, outputs, units: 0, relu: false, kernel, bias: kernel, fans: 0 },
    forward({ values, rows: n }, _, unit) {
      const output = new Float32Array(n * outputs);
      const inverse = 1 / unit;
      for (let row = 0, to = 0; row < n; row++)
        for (let place = 0; place < corners.length; place++)
          for (let channel = 0, from = row * inputs + corners[place]!; channel < channels; channel++, from++, to++) {
            const above = Math.max(values[from]!, values[from + channels]!);
            const below = Math.max(values[from + line]!, values[from + line + channels]!);
            output[to] = Math.max(above, below) * inverse;
          }
      return output;
    },
    backward(deltas, { values, rows: n }) {
      const back = new Float32Array(n * inputs);
      for (let row = 0, to = 0; row < n; row++)
        for (let place = 0; place < corners.length; place++)
          for (let channel = 0, from = row * inputs + corners[place]!; channel < channels; channel++, from++, to++) {
            const above = Math.max(values[from]!, values[from + channels]!);
            const below = Math.max(values[from + line]!, values[from + line + channels]!);
            const start = below > above ? from + line : from;
            const largest = Math.max(above, below);
            back[values[start] === largest ? start : start + channels] = deltas[to]!;
          }
      return back;
    },
    examples: () => noExamples,
  };
}
