import type { Image } from '../models/shape.ts';

/** Places of a padded image at which a window may begin: `width + 2` in each of the `height` rows; the last two of a row stand for nothing. */
export const placesOf = ({ height, width }: Image) => height * (width + 2);

/**
 * Unfolds images for 3 × 3 windows into Uᵀ, [9 · channels + 1, places]: each row holds what one place of the window sees of one channel wherever the
 * window begins, divided by `unit`, and the last row holds ones, for the bias. In a padded image those views are one stretch of memory, shifted, so
 * that a row is one copy; the price is two places too many in each row of the image, whose deltas are 0 (see spread). The array is the same at every call.
 */
export function unfolding(image: Image, unit: number): (row: Float32Array) => Float32Array {
  const { height, width, channels } = image;
  const step = width + 2;
  const places = placesOf(image);
  const plane = (height + 2) * step + 2;
  const planes = 9 * channels * places + places;
  const all = new Float32Array(planes + channels * plane).fill(1, 9 * channels * places, planes);
  const unfolded = all.subarray(0, planes);
  const inverse = 1 / unit;
  return (row) => {
    for (let y = 0, at = 0; y < height; y++)
      for (let x = 0, to = planes + (y + 1) * step + 1; x < width; x++, to++)
        for (let channel = 0; channel < channels; channel++, at++) all[to + channel * plane] = row[at]! * inverse;
    for (let place = 0, to = 0; place < 9; place++)
      for (let channel = 0; channel < channels; channel++, to += places) {
        const from = planes + channel * plane + Math.floor(place / 3) * step + (place % 3);
        all.copyWithin(to, from, from + places);
      }
    return unfolded;
  };
}

/** An image's deltas [height, width, units] with the two empty places at each row's end: [places, units]. The array is the same at every call. */
export function spreading(image: Image, units: number): (deltas: Float32Array) => Float32Array {
  const row = image.width * units;
  const spread = new Float32Array(placesOf(image) * units);
  return (deltas) => {
    for (let y = 0; y < image.height; y++) spread.set(deltas.subarray(y * row, (y + 1) * row), y * (row + 2 * units));
    return spread;
  };
}
