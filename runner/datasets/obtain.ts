import { join } from 'node:path';
import { DataNotAvailable } from '../errors.ts';
import { downloadArchive } from './archive.ts';
import type { DataFile, DataSource } from './dataset.ts';
import { debianPackage } from './debian-package.ts';
import { download } from './download.ts';
import { findPinned, hasPinned, writeWhole } from './pinned-file.ts';

/** Says one line to whoever waits. */
export type Report = (line: string) => void;

/**
 * A way to come by files. `find` gives the checked file, or null where this way has nothing to say; it throws with what
 * it met.
 */
export type Way = { find(file: DataFile): Promise<Uint8Array | null>; close?(): Promise<void> };

const inFolder = (folder: string): Way => ({ find: (file) => findPinned(folder, file) });

/**
 * The system's packages, the project's addresses and archives, and the Debian package unpacked in a temporary folder,
 * in this order.
 */
export const waysTo = (source: DataSource, report: Report): Way[] => [
  ...source.systemFolders.map(inFolder),
  ...source.addresses.map((address) => download(address, report)),
  ...source.archives.map((archive) => downloadArchive(archive, report)),
  ...(source.debianPackage ? [debianPackage({ ...source, debianPackage: source.debianPackage }, report)] : []),
];

/**
 * Makes sure that every file of the source is in `<datasets>/<folder>`, whole and as pinned: what is there already,
 * else from the first way that has it. A wrong file is named and passed over, never used and never kept. Throws
 * DataNotAvailable with what was met where no way leads there.
 */
export async function obtain(
  source: DataSource,
  datasets: string,
  report: Report,
  ways = waysTo(source, report),
): Promise<void> {
  const folder = join(datasets, source.folder);
  const met: string[] = [];
  const missing = new Set<DataFile>();
  for (const file of source.files) if (!(await hasPinned(folder, file))) missing.add(file);
  for (const way of [inFolder(folder), ...ways]) {
    if (missing.size === 0) break;
    try {
      for (const file of missing) {
        const bytes = await way.find(file);
        if (!bytes) break;
        await writeWhole(join(folder, file.name), bytes);
        missing.delete(file);
      }
    } catch (error) {
      met.push((error as Error).message);
      report(`data set ${source.folder}: ${met.at(-1)}`);
    } finally {
      await way.close?.();
    }
  }
  if (missing.size === 0) return;
  const names = [...missing].map(({ name }) => name).join(', ');
  const install = source.debianPackage ? `Run 'apt-get install ${source.debianPackage}', or put` : 'Put';
  throw new DataNotAvailable(
    source.folder,
    `no way to ${names} (${met.join('; ')}). ${install} the files into ${folder}.`,
  );
}
