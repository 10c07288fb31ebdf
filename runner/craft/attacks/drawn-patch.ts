import type { Draws, Trigger } from '../../../lib/contract/attack.ts';
import type { LabeledSet } from '../../../lib/contract/defense.ts';
import { rowSize } from '../../datasets/rows.ts';

/** Patches that are drawn; the one that changes the rows most is taken. */
const draws = 16;

/** A pixel is dark in a row up to here, out of 255. */
const dark = 30;

/**
 * A square of black and white pixels, half of them each (of an odd number one more white), somewhere in the image where
 * every pixel is lit in at least a quarter of the clean rows; anywhere where no place is so. Of so many draws the one
 * that changes the clean rows most, by the sum of squares: a patch where pictures are of its colors anyway is not seen.
 */
export function drawnPatch(clean: LabeledSet, side: number, rng: Draws): Trigger {
  const changes = changesOf(clean);
  const change = ({ pixels, opacity }: Trigger) =>
    opacity.reduce((sum, share, i) => (share > 0 ? sum + changes[pixels[i]! > 0 ? 'white' : 'black'][i]! : sum), 0);
  const lit = litIn(clean);
  const all = squares(clean.shape as [number, number, number], side);
  const seen = all.filter((square) => square.every((at) => 4 * lit[at]! >= clean.n));
  const places = seen.length > 0 ? seen : all;
  const patches = Array.from({ length: draws }, () =>
    patch(places[rng.below(places.length)]!, clean.shape as [number, number, number], rng),
  );
  return patches.reduce((best, other) => (change(other) > change(best) ? other : best));
}

/** Every place of a square of this side: the first number of each of its pixels, row by row. */
function squares([height, width, channels]: readonly [number, number, number], side: number): number[][] {
  const cells = Array.from({ length: side * side }, (_, cell) => Math.floor(cell / side) * width + (cell % side));
  return Array.from({ length: height - side + 1 }, (_, top) => top).flatMap((top) =>
    Array.from({ length: width - side + 1 }, (_, left) => cells.map((cell) => (top * width + left + cell) * channels)),
  );
}

function patch(
  square: readonly number[],
  [height, width, channels]: readonly [number, number, number],
  rng: Draws,
): Trigger {
  const white = new Set(rng.sample(square.length, Math.ceil(square.length / 2)));
  const [pixels, opacity] = [new Uint8Array(height * width * channels), new Uint8Array(height * width * channels)];
  for (const [cell, at] of square.entries()) {
    pixels.fill(white.has(cell) ? 255 : 0, at, at + channels);
    opacity.fill(255, at, at + channels);
  }
  return { pixels, opacity };
}

/** For each pixel the number of rows in which it is not dark. */
function litIn(clean: LabeledSet): Int32Array {
  const lit = new Int32Array(rowSize(clean));
  for (let at = 0; at < clean.x.length; ) for (let i = 0; i < lit.length; i++, at++) if (clean.x[at]! > dark) lit[i]!++;
  return lit;
}

/**
 * For each pixel the sum over the rows of the squares of its change, made black and made white: whole numbers, exact.
 */
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
