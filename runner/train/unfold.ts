import type { Image } from './models/shape.ts';

/**
 * Places of a padded image at which a window may begin: `width + 2` in each of the `height` rows; the last two of a row
 * are not used.
 */
export const placesOf = ({ height, width }: Image) => height * (width + 2);

/**
 * Unfolds images for 3 × 3 windows. The image is padded, and its channels lie one after the other. What one place of
 * the window sees of one channel is then one contiguous piece of memory, so a row of Uᵀ is one copy. Each row of the
 * image has two places too many, and their deltas are 0. Every call returns the same two arrays.
 */
export class Unfolding {
  readonly #image: Image;
  readonly #inverse: number;
  /** Uᵀ, and behind it the padded channels. */
  readonly #all: Float32Array;
  readonly #unfolded: Float32Array;
  readonly #spread: Float32Array;

  constructor(image: Image, unit: number, units: number) {
    const { height, width, channels } = image;
    const places = placesOf(image);
    const size = (9 * channels + 1) * places;
    this.#image = image;
    this.#inverse = 1 / unit;
    this.#all = new Float32Array(size + channels * planeOf(image)).fill(1, 9 * channels * places, size);
    this.#unfolded = this.#all.subarray(0, size);
    this.#spread = new Float32Array(height * (width + 2) * units);
  }

  /** Uᵀ of an image divided by `unit`: [9 · channels + 1, places]. The last row is ones, for the bias. */
  unfold(row: Float32Array): Float32Array {
    const { height, width, channels } = this.#image;
    const [all, inverse, step, plane, places] = [
      this.#all,
      this.#inverse,
      width + 2,
      planeOf(this.#image),
      placesOf(this.#image),
    ];
    const planes = this.#unfolded.length;
    for (let y = 0, at = 0; y < height; y++)
      for (let x = 0, to = planes + (y + 1) * step + 1; x < width; x++, to++)
        for (let channel = 0; channel < channels; channel++, at++) all[to + channel * plane] = row[at]! * inverse;
    for (let place = 0, to = 0; place < 9; place++)
      for (let channel = 0; channel < channels; channel++, to += places) {
        const from = planes + channel * plane + Math.floor(place / 3) * step + (place % 3);
        all.copyWithin(to, from, from + places);
      }
    return this.#unfolded;
  }

  /** An image's deltas [height, width, units] with the two empty places at each row's end: [places, units]. */
  spread(deltas: Float32Array): Float32Array {
    const { height, width } = this.#image;
    const row = deltas.length / height;
    const gap = (2 * row) / width;
    for (let y = 0; y < height; y++) this.#spread.set(deltas.subarray(y * row, (y + 1) * row), y * (row + gap));
    return this.#spread;
  }
}

/** One padded channel, and two numbers more that the last window runs over. */
const planeOf = ({ height, width }: Image) => (height + 2) * (width + 2) + 2;
