import { gunzipSync } from 'node:zlib';
import { hexSha256 } from '../host/sha256.ts';
import type { Archive, DataFile } from './dataset.ts';
import { fetchBytes, reasonOf } from './download.ts';
import type { Mirror } from './mirror.ts';
import { defectOf } from './pinned-file.ts';
import { filesOfTar } from './tar.ts';

/** A data set's files unpack to less than this. */
const mostUnpacked = 2 ** 29;

/**
 * The files of an archive, fetched once and kept in memory until the mirror is closed. Archive and file are checked each,
 * as far as their sums are known.
 */
export function downloadArchive({ url, bytes, sha256 }: Archive, report: (line: string) => void): Mirror {
  let files: Map<string, Uint8Array> | undefined;
  const fetched = async () => {
    report(`fetching ${url}`);
    const archive = await fetchBytes(url, bytes);
    const found = hexSha256(archive);
    if (sha256 && found !== sha256) throw new RangeError(`sha256 ${found}, want ${sha256}`);
    return filesOfTar(gunzipSync(archive, { maxOutputLength: mostUnpacked }));
  };
  const member = async (file: DataFile) => {
    files ??= await fetched();
    const held = files.get(file.name);
    const defect = held ? defectOf(file, held) : 'not in the archive';
    if (defect) throw new RangeError(`${file.name}: ${defect}`);
    return held!;
  };
  return {
    async find(file) {
      try {
        return await member(file);
      } catch (error) {
        throw new Error(`${url}: ${reasonOf(error)}`);
      }
    },
    async close() {
      files = undefined;
    },
  };
}
