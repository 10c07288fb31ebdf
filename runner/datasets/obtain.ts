import { join } from 'node:path';
import { DataNotAvailable } from '../errors.ts';
import { downloadArchive } from './archive.ts';
import type { DataFile, DataSource } from './dataset.ts';
import { debianPackage } from './debian-package.ts';
import { download } from './download.ts';
import type { Mirror, Report } from './mirror.ts';
import { findPinned, hasPinned, writeWhole } from './pinned-file.ts';

const inFolder = (folder: string): Mirror => ({ find: (file) => findPinned(folder, file) });

/** In this order: folders of the system, the project's web addresses, archives, and the Debian package. */
export const mirrorsOf = (source: DataSource, report: Report): Mirror[] => [
  ...source.systemFolders.map(inFolder),
  ...source.addresses.map((address) => download(address, report)),
  ...source.archives.map((archive) => downloadArchive(archive, report)),
  ...(source.debianPackage ? [debianPackage({ ...source, debianPackage: source.debianPackage }, report)] : []),
];

/**
 * Makes sure that every file of the source is in `<datasets>/<folder>`, whole and as pinned. A file that is there
 * stays; another comes from the first mirror that has it. A wrong file is reported, and never used or kept. Throws
 * DataNotAvailable, with what each mirror said, where none has the file.
 */
export async function obtain(
  source: DataSource,
  datasets: string,
  report: Report,
  mirrors = mirrorsOf(source, report),
): Promise<void> {
  const folder = join(datasets, source.folder);
  const met: string[] = [];
  const missing = new Set<DataFile>();
  for (const file of source.files) if (!(await hasPinned(folder, file))) missing.add(file);
  for (const mirror of [inFolder(folder), ...mirrors]) {
    if (missing.size === 0) break;
    try {
      for (const file of missing) {
        const bytes = await mirror.find(file);
        if (!bytes) break;
        await writeWhole(join(folder, file.name), bytes);
        missing.delete(file);
      }
    } catch (error) {
      met.push((error as Error).message);
      report(`data set ${source.folder}: ${met.at(-1)}`);
    } finally {
      await mirror.close?.();
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
