import { join } from 'node:path';
import type { DatasetId } from '../../lib/catalog/datasets/index.ts';
import { known } from '../../lib/catalog/known.ts';
import { digestOf } from '../../lib/contract/canonical.ts';
import { isOwnDataset } from '../../lib/contract/dataset-card.ts';
import type { Sha256 } from '../../lib/contract/ids.ts';
import { DataNotAvailable, HarnessFault } from '../errors.ts';
import { hexSha256 } from '../host/sha256.ts';
import { cifar10, cifar10Luma } from './cifar-10.ts';
import type { Dataset, Split } from './dataset.ts';
import { emnistLetters } from './emnist-letters.ts';
import { fashionMnist } from './fashion-mnist.ts';
import { fashionMnist34 } from './fashion-mnist-3-4.ts';
import type { Report } from './mirror.ts';
import { obtain } from './obtain.ts';
import { cardFile, findCard, ownDataset } from './own.ts';
import { findPinned } from './pinned-file.ts';
import { purchase100 } from './purchase-100.ts';
import { purchase100Like } from './purchase-100-like.ts';

export const datasets = {
  'fashion-mnist': fashionMnist,
  'fashion-mnist-3-4': fashionMnist34,
  'cifar-10': cifar10,
  'cifar-10-luma': cifar10Luma,
  'emnist-letters': emnistLetters,
  'purchase-100': purchase100,
  'purchase-100-like': purchase100Like,
} satisfies Record<DatasetId, Dataset>;

/** One of the list, or an organizer's own that is kept in the folder of data sets. */
async function datasetIn(folder: string, id: string): Promise<Dataset> {
  if (!isOwnDataset(id)) return known('data set', datasets, id);
  const card = await findCard(id, folder);
  if (card) return ownDataset(card);
  throw new DataNotAvailable(
    id,
    `${join(folder, id)} is missing; it is an organizer's own, and 'season open' or 'season verify' puts it there from the folder that --dataset names.`,
  );
}

/**
 * Puts the data set's files into `<dataDir>/datasets`, from wherever they can be had. Throws DataNotAvailable saying
 * what was tried.
 */
export async function ensureDataset(id: string, dataDir: string, report: Report): Promise<void> {
  const folder = join(dataDir, 'datasets');
  const dataset = await datasetIn(folder, id);
  if (isOwnDataset(id)) await filesOf(id, dataset, folder);
  else await obtain(dataset.source, folder, report);
}

/** The data set kept in `<dataDir>/datasets`; every file's sha256 is checked on the way. */
export const loadDataset = (id: string, dataDir: string): Promise<Split> => readDataset(id, join(dataDir, 'datasets'));

/**
 * The same from the folder of data sets itself. Throws DataNotAvailable naming the file that is missing, HarnessFault
 * naming one that is wrong.
 */
export async function readDataset(id: string, folder: string): Promise<Split> {
  const dataset = await datasetIn(folder, id);
  return dataset.parse((await filesOf(id, dataset, folder)).map(({ bytes }) => bytes));
}

/** The sha256 of each of its files, which are checked on the way, and of its card. Throws as `readDataset` does. */
export async function datasetSums(id: string, folder: string): Promise<Record<string, Sha256>> {
  const files = await filesOf(id, await datasetIn(folder, id), folder);
  const card = isOwnDataset(id) && (await findCard(id, folder));
  return {
    ...Object.fromEntries(files.map(({ name, bytes }) => [name, `sha256:${hexSha256(bytes)}` as const])),
    ...(card && { [cardFile]: await digestOf(card) }),
  };
}

async function filesOf(id: string, { source }: Dataset, folder: string): Promise<{ name: string; bytes: Buffer }[]> {
  const again = isOwnDataset(id) ? 'give --dataset the folder that it came from' : "'npm start' fetches it";
  return Promise.all(
    source.files.map(async (file) => {
      const bytes = await findPinned(join(folder, source.folder), file).catch((error: Error) => {
        throw new HarnessFault(`Data set ${id}: refused ${error.message}; ${again}.`);
      });
      if (!bytes) throw new DataNotAvailable(id, `${join(folder, source.folder, file.name)} is missing; ${again}.`);
      return { name: file.name, bytes };
    }),
  );
}
