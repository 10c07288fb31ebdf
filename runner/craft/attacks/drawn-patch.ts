import type { Draws, Trigger } from '../../../lib/contract/attack.ts';
import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { rowSize } from '../../datasets/rows.ts';

/** Patches that are drawn; the one that changes the rows most is taken. */
const draws = 16;

/**
 * A square of black and white pixels, half of them each (of an odd number one more white), somewhere in the image. Of
 * so many draws the one that changes the clean rows most, by the sum of squares: a patch where pictures are of its
 * colors anyway is not seen.
 */
export function drawnPatch(clean: LabeledSet, side: number, rng: Draws): Trigger {
  const changes = changesOf(clean);
  const change = ({ pixels, opacity }: Trigger) =>
    opacity.reduce((sum, share, i) => (share > 0 ? sum + changes[pixels[i]! > 0 ? 'white' : 'black'][i]! : sum), 0);
  const patches = Array.from({ length: draws }, () => patch(clean.shape as [number, number, number], side, rng));
  return patches.reduce((best, other) => (change(other) > change(best) ? other : best));
}

function patch([height, width, channels]: readonly [number, number, number], side: number, rng: Draws): Trigger {
  const [top, left] = [rng.below(height - side + 1), rng.below(width - side + 1)];
  const white = new Set(rng.sample(side * side, Math.ceil((side * side) / 2)));
  const [pixels, opacity] = [new Uint8Array(height * width * channels), new Uint8Array(height * width * channels)];
  for (let cell = 0; cell < side * side; cell++) {
    const at = ((top + Math.floor(cell / side)) * width + left + (cell % side)) * channels;
    pixels.fill(white.has(cell) ? 255 : 0, at, at + channels);
    opacity.fill(255, at, at + channels);
  }
  return { pixels, opacity };
}

/** For each pixel the sum over the rows of the squares of its change, made black and made white: whole numbers, exact. */
function changesOf(clean: LabeledSet): { black: Float64Array; white: Float64Array } {
  const size = rowSize(clean);
  const [black, white] = [new Float64Array(size), new Float64Array(size)];
  for (let at = 0; at < clean.x.length; ) {
    for (let i = 0; i < size; i++, at++) {
      const value = clean.x[at]!;
      black[i] = black[i]! + value * value;
      white[i] = white[i]! + (255 - value) * (255 - value);
    }
  }
  return { black, white };
}
