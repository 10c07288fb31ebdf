import { join } from 'node:path';
import { DatasetCard } from '../../lib/contract/dataset-card.ts';
import { HarnessFault } from '../errors.ts';
import { readIfThere } from '../host/read-if-there.ts';
import type { Dataset } from './dataset.ts';
import { labeledSetOf } from './records.ts';

export const cardFile = 'card.json';

/**
 * The card of an organizer's own data set that is kept in the folder of data sets; null where it is not there. Throws
 * HarnessFault for a damaged one.
 */
export async function findCard(id: string, datasets: string): Promise<DatasetCard | null> {
  const path = join(datasets, id, cardFile);
  const text = await readIfThere(path);
  if (text === null) return null;
  try {
    return DatasetCard.parse(JSON.parse(text));
  } catch {
    throw new HarnessFault(
      `${path} is not as this program writes it; move its folder away, and give --dataset the folder that the data set came from.`,
    );
  }
}

/** Its files are in the folder of data sets, and nowhere else that could be asked. */
export function ownDataset({ id, shape, classNames, files, rows }: DatasetCard): Dataset {
  const recordSize = 1 + shape[0] * shape[1];
  const fileOf = (name: 'train.bin' | 'test.bin') => ({
    name,
    bytes: rows[name] * recordSize,
    sha256: files[name].replace('sha256:', ''),
  });
  const read = (file: Uint8Array) =>
    labeledSetOf(file, { classes: classNames.length, shape }, recordSize, (from, to) => to.set(from));
  return {
    source: {
      folder: id,
      files: [fileOf('train.bin'), fileOf('test.bin')],
      systemFolders: [],
      debianPackage: null,
      addresses: [],
      archives: [],
    },
    parse: ([train, test]) => ({ train: read(train!), test: read(test!) }),
  };
}
