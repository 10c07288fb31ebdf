import type { Image } from '../models/shape.ts';
import { type NetworkLayer, noExamples } from './layer.ts';

/**
 * The largest of each 2 × 2 pixels, channel by channel; an odd last row or column is left out. Deltas go back to the first pixel that is the largest.
 * A NaN among the four stays one.
 */
export function maxpoolLayer({ height, width, channels }: Image, kernel: number): NetworkLayer {
  const [rows, columns] = [Math.floor(height / 2), Math.floor(width / 2)];
  const [inputs, outputs, line] = [height * width * channels, rows * columns * channels, width * channels];

  /** Calls with the place of every output and that of the first of its four pixels; the others are `channels`, `line` and both further on. */
  function each(n: number, visit: (to: number, from: number) => void): void {
    for (let row = 0, to = 0; row < n; row++)
      for (let y = 0; y < rows; y++)
        for (let x = 0; x < columns; x++)
          for (let channel = 0, from = row * inputs + 2 * y * line + 2 * x * channels; channel < channels; channel++) visit(to++, from++);
  }
  return {
    ...{ inputs, outputs, units: 0, relu: false, kernel, bias: kernel, fans: 0 },
    forward({ values, rows: n }, _, unit) {
      const output = new Float32Array(n * outputs);
      const inverse = 1 / unit;
      each(n, (to, from) => {
        const above = Math.max(values[from]!, values[from + channels]!);
        const below = Math.max(values[from + line]!, values[from + line + channels]!);
        output[to] = Math.max(above, below) * inverse;
      });
      return output;
    },
    backward(deltas, { values, rows: n }) {
      const back = new Float32Array(n * inputs);
      each(n, (to, from) => {
        const [a, b, c, d] = [values[from]!, values[from + channels]!, values[from + line]!, values[from + line + channels]!];
        const largest = Math.max(a, b, c, d);
        const place = a === largest ? 0 : b === largest ? channels : c === largest ? line : d === largest ? line + channels : 0;
        back[from + place] = deltas[to]!;
      });
      return back;
    },
    examples: () => noExamples,
  };
}
