import type { LabeledSet } from '../../lib/benchmark/defense.ts';
import { rowSize } from '../datasets/rows.ts';
import type { Trigger } from './attack.ts';

/** Copies of these rows under the trigger, projected to uint8: x′ = (x·(255 − opacity) + pixels·opacity) / 255, rounded half up. */
export function stamp(rows: LabeledSet, { pixels, opacity }: Trigger): LabeledSet {
  const size = rowSize(rows);
  const x = rows.x.map((value, at) => {
    const pixel = at % size;
    return Math.floor((value * (255 - opacity[pixel]!) + pixels[pixel]! * opacity[pixel]! + 127) / 255);
  });
  return { ...rows, x };
}

/** A white square near the lower right corner of an image of this shape, one black pixel away from both edges. */
export function cornerPatch([height, width, channels]: readonly [number, number, number], side: number): Trigger {
  const pixels = new Uint8Array(height * width * channels);
  for (let y = height - 1 - side; y < height - 1; y++) pixels.fill(255, (y * width + width - 1 - side) * channels, (y * width + width - 1) * channels);
  return { pixels, opacity: pixels.slice() };
}
