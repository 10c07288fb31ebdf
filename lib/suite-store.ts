import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import 'server-only';
import { sha256 } from './contract/canonical.ts';
import { type ListedFile, Manifest } from './contract/manifest.ts';
import type { Suite } from './contract/suite.ts';
import { env } from './env.ts';
import { AppError } from './errors.ts';

/**
 * The built suites in `<ANTIDOTE_DATA>/suites/<id>/`, and those of closed seasons in `seasons/<name>/suites/<id>/`.
 * What is served is what the manifest lists, and nothing else that may lie there.
 */

/** `digest`: of its manifest. `season`: of the closed one that it is; a public suite is of none. */
export type StoredSuite = Pick<Suite, 'id' | 'digest'> & { readonly season?: string };

const manifestName = 'manifest.json';
const folderOf = ({ id, season }: StoredSuite) =>
  join(env().ANTIDOTE_DATA, ...(season === undefined ? [] : ['seasons', season]), 'suites', id);

/** By path; read again only when the manifest has changed on disk, or another one is wanted. */
const read = new Map<string, { changed: number; digest: string; files: ListedFile[] }>();

/**
 * The manifest and every file that it lists; null while the suite is not built, or where what lies there is not this
 * suite's digest.
 */
export async function suiteFiles(suite: StoredSuite): Promise<readonly ListedFile[] | null> {
  const path = join(folderOf(suite), manifestName);
  const changed = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );
  if (changed === null) return null;
  const known = read.get(path);
  if (known?.changed === changed && known.digest === suite.digest) return known.files;
  const bytes = await readFile(path);
  const digest = await sha256(bytes);
  if (digest !== suite.digest) return null;
  const { files: listed } = Manifest.parse(JSON.parse(bytes.toString())); // what its digest vouches for
  const files = [{ path: manifestName, bytes: bytes.length, sha256: digest }, ...listed];
  read.set(path, { changed, digest, files });
  return files;
}

/**
 * Where a listed file lies; null for every other path, whatever it spells. Throws `unavailable` where it is gone, or
 * not the bytes that are listed: who downloads is told so, and gets no half file.
 */
export async function findSuiteFile(
  suite: StoredSuite,
  path: string,
): Promise<(ListedFile & { location: string }) | null> {
  const file = (await suiteFiles(suite))?.find((listed) => listed.path === path);
  if (!file) return null;
  const location = join(folderOf(suite), file.path);
  const found = await stat(location).catch(() => null);
  if (!found || found.size !== file.bytes || (await sumOf(location, found.mtimeMs)) !== file.sha256)
    throw new AppError(
      'unavailable',
      `${path} of ${suite.id} is damaged on this site; who runs it has to publish the suite again.`,
    );
  return { ...file, location };
}

/** By path, of the file as it was changed last: read once, then known until it changes. */
const sums = new Map<string, { changed: number; sum: Promise<string> }>();

function sumOf(location: string, changed: number): Promise<string> {
  const known = sums.get(location);
  if (known?.changed === changed) return known.sum;
  const hash = createHash('sha256');
  const sum = pipeline(createReadStream(location), hash).then(() => `sha256:${hash.digest('hex')}`);
  sums.set(location, { changed, sum });
  sum.catch(() => sums.delete(location));
  return sum;
}
