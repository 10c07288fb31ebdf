import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { hexSha256 } from '../host/sha256.ts';
import type { Archive, DataFile, Member } from './dataset.ts';
import { fetchBytes, reasonOf } from './download.ts';
import type { Mirror } from './mirror.ts';
import { defectOf } from './pinned-file.ts';
import { filesOfTar } from './tar.ts';

/** A data set's files unpack to less than this. */
const mostUnpacked = 2 ** 29;

/**
 * The files of an archive, fetched once and kept in memory until the mirror is closed. Archive and file are checked
 * each, as far as their sums are known.
 */
export function downloadArchive(
  { url, bytes, sha256, make = (name, member) => member(name) }: Archive,
  report: (line: string) => void,
): Mirror {
  let members: Member | undefined;
  const fetched = async () => {
    report(`fetching ${url}`);
    const archive = await fetchBytes(url, bytes);
    const found = hexSha256(archive);
    if (sha256 && found !== sha256) throw new RangeError(`sha256 ${found}, want ${sha256}`);
    return membersOf(archive);
  };
  const made = async (file: DataFile) => {
    members ??= await fetched();
    const held = make(file.name, members);
    const defect = defectOf(file, held);
    if (defect) throw new RangeError(`${file.name}: ${defect}`);
    return held;
  };
  return {
    async find(file) {
      try {
        return await made(file);
      } catch (error) {
        throw new Error(`${url}: ${reasonOf(error)}`);
      }
    },
    async close() {
      members = undefined;
    },
  };
}

/** A zip archive begins with PK; all else must be a .tar.gz. */
const membersOf = (archive: Uint8Array): Member =>
  archive[0] === 0x50 && archive[1] === 0x4b ? membersOfZip(archive) : membersOfTar(archive);

function membersOfTar(archive: Uint8Array): Member {
  const files = filesOfTar(gunzipSync(archive, { maxOutputLength: mostUnpacked }));
  return (name) => files.get(name) ?? notThere(name);
}

const membersOfZip =
  (archive: Uint8Array): Member =>
  (name) => {
    const isWanted = (entry: { name: string; originalSize: number }) =>
      entry.name.split('/').at(-1) === name && entry.originalSize < mostUnpacked;
    return Object.values(unzipSync(archive, { filter: isWanted }))[0] ?? notThere(name);
  };

function notThere(name: string): never {
  throw new RangeError(`${name}: not in the archive`);
}
