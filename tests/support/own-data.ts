import type { DatasetWords } from '../../lib/contract/dataset-card.ts';
import { rootOf } from '../../runner/random/rng.ts';

/** As an organizer's `card.json` has it. */
export const ownCard: DatasetWords = {
  format: 'antidote-dataset-1',
  id: 'own-shapes',
  title: 'Shapes of the house',
  url: 'https://example.org/shapes',
  notice: 'nobody’s',
  pictures: '12 by 12 gray pixels, made of noise. Nobody is shown.',
  classNames: [...'ABCDEFGHIJK'],
  shape: [12, 12, 1],
};

const size = ownCard.shape[0] * ownCard.shape[1];

/** Files of so many records of each class: its own picture, under noise. */
export function ownFiles(train = 2_000, test = 100): { train: Uint8Array; test: Uint8Array } {
  const rng = rootOf('an organizer’s own data');
  const pictures = ownCard.classNames.map((name) => rng.fork(name).bytes(size));
  const fileOf = (split: string, each: number) => {
    const file = rng.fork(split).bytes(pictures.length * each * (size + 1)); // a label byte and the noise of each
    for (let row = 0; row < pictures.length * each; row++) {
      const label = row % pictures.length;
      const record = file.subarray(row * (size + 1), (row + 1) * (size + 1));
      for (let pixel = 0; pixel < size; pixel++)
        record[1 + pixel] = (record[1 + pixel]! + 2 * pictures[label]![pixel]!) / 3;
      record[0] = label;
    }
    return file;
  };
  return { train: fileOf('train', train), test: fileOf('test', test) };
}
