import { join } from 'node:path';
import type { DatasetId } from '../../lib/catalog/datasets/index.ts';
import { known } from '../../lib/catalog/known.ts';
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

const datasetCalled = (id: string): Dataset => known('data set', datasets, id);

/**
 * Puts the data set's files into `<dataDir>/datasets`, from wherever they can be had. Throws DataNotAvailable saying
 * what was tried.
 */
export const ensureDataset = (id: string, dataDir: string, report: Report): Promise<void> =>
  obtain(datasetCalled(id).source, join(dataDir, 'datasets'), report);

/** The data set kept in `<dataDir>/datasets`; every file's sha256 is checked on the way. */
export const loadDataset = (id: string, dataDir: string): Promise<Split> => readDataset(id, join(dataDir, 'datasets'));

/**
 * The same from the folder of data sets itself. Throws DataNotAvailable naming the file that is missing, HarnessFault
 * naming one that is wrong.
 */
export async function readDataset(id: string, folder: string): Promise<Split> {
  return datasetCalled(id).parse((await filesOf(id, folder)).map(({ bytes }) => bytes));
}

/** The sha256 of each of its files, which are checked on the way. Throws as `readDataset` does. */
export async function datasetSums(id: string, folder: string): Promise<Record<string, Sha256>> {
  const files = await filesOf(id, folder);
  return Object.fromEntries(files.map(({ name, bytes }) => [name, `sha256:${hexSha256(bytes)}`]));
}

async function filesOf(id: string, folder: string): Promise<{ name: string; bytes: Buffer }[]> {
  const { source } = datasetCalled(id);
  return Promise.all(
    source.files.map(async (file) => {
      const bytes = await findPinned(join(folder, source.folder), file).catch((error: Error) => {
        throw new HarnessFault(`Data set ${id}: refused ${error.message}. 'npm start' fetches it again.`);
      });
      if (!bytes)
        throw new DataNotAvailable(id, `${join(folder, source.folder, file.name)} is missing; 'npm start' fetches it.`);
      return { name: file.name, bytes };
    }),
  );
}
