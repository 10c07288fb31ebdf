import { readFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import type { Split } from '../../runner/datasets/dataset.ts';
import { emnistLetters } from '../../runner/datasets/emnist-letters.ts';

const picture = new URL('../fixtures/excerpts/emnist-letters.png', import.meta.url);
const [classes, side] = [26, 28];

/**
 * The two files of the excerpt of EMNIST letters: records in canonical order, as the data set's own files have them.
 */
export function excerptFiles(): { train: Uint8Array; test: Uint8Array } {
  const { data, width } = PNG.sync.read(readFileSync(picture)); // red, green, blue and opacity of each pixel
  const fileOf = (first: number, count: number) => {
    const file = new Uint8Array(classes * count * (1 + side * side));
    let at = 0;
    for (let label = 0; label < classes; label++)
      for (let column = first; column < first + count; column++) {
        file[at++] = label;
        for (let y = label * side; y < (label + 1) * side; y++)
          for (let x = column * side; x < (column + 1) * side; x++) file[at++] = data[4 * (y * width + x)]!;
      }
    return file;
  };
  return { train: fileOf(0, 250), test: fileOf(250, 50) };
}

/** Its 6,500 training and 1,300 test rows. */
export function excerpt(): Split {
  const { train, test } = excerptFiles();
  return emnistLetters.parse([train, test]);
}
