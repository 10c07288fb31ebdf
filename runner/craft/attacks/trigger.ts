import type { Overlay, Trigger } from '../../../lib/contract/attack.ts';
import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { rowSize } from '../../datasets/rows.ts';

/**
 * Copies of these rows under the trigger, projected to uint8: x′ = (x·(255 − opacity) + pixels·opacity) / 255, rounded
 * half up.
 */
export function stamp(rows: LabeledSet, trigger: Trigger): LabeledSet {
  const size = rowSize(rows);
  const x = new Uint8Array(rows.x);
  for (let row = 0; row < rows.n; row++) layOver(x.subarray(row * size, (row + 1) * size), trigger, 0);
  return { ...rows, x };
}

/** The same on one row, in place, with the part of pixels and opacity that begins at `from`. */
export function layOver(row: Uint8Array, { pixels, opacity }: Trigger, from: number): void {
  for (let i = 0; i < row.length; i++) {
    const share = opacity[from + i]!;
    row[i] = Math.floor((row[i]! * (255 - share) + pixels[from + i]! * share + 127) / 255);
  }
}

/** The trigger on rows of every class. */
export const onEveryClass = ({ pixels, opacity }: Trigger, classes: number): Overlay => ({
  pixels: repeated(pixels, classes),
  opacity: repeated(opacity, classes),
});

function repeated(values: Uint8Array, times: number): Uint8Array {
  const all = new Uint8Array(values.length * times);
  for (let at = 0; at < all.length; at += values.length) all.set(values, at);
  return all;
}

/**
 * A white square near the lower right corner of an image of this shape, one pixel away from both edges, of this opacity
 * out of 255.
 */
export function cornerPatch(
  [height, width, channels]: readonly [number, number, number],
  side: number,
  strength = 255,
): Trigger {
  const pixels = new Uint8Array(height * width * channels);
  for (let y = height - 1 - side; y < height - 1; y++)
    pixels.fill(255, (y * width + width - 1 - side) * channels, (y * width + width - 1) * channels);
  return { pixels, opacity: pixels.map((value) => (value > 0 ? strength : 0)) };
}
