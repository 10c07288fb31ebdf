import { readdir, readFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { Manifest } from '../../lib/contract/manifest.ts';
import { UsageError } from '../errors.ts';
import { requireFolder } from '../host/destination.ts';
import { shownPath } from '../host/file-causes.ts';
import { dataPath } from '../host/places.ts';

/**
 * Throws UsageError unless the folder is new or empty, or holds that suite, by its manifest, and nothing else: it is
 * going to be replaced, and what is somebody's is never lost. What lies in ANTIDOTE_DATA is the product's own.
 */
export async function requireReplaceable(folder: string, suite: string): Promise<void> {
  requireFolder('--out', folder);
  const entries = await readdir(folder).catch(() => []);
  if (entries.length === 0 || resolve(folder).startsWith(dataPath() + sep)) return;
  const manifest = await manifestIn(folder);
  if (manifest?.suite !== suite)
    throw foreign(folder, manifest ? `suite ${manifest.suite}` : 'something else than a suite');
  const own = new Set(['manifest.json', ...manifest.files.map(({ path }) => path.split('/')[0]!)]);
  const stranger = entries.find((entry) => !own.has(entry));
  if (stranger !== undefined) throw foreign(folder, `a suite and ${shownPath(stranger)}, which is none of it`);
}

/**
 * The same for a folder whose files are mended one by one: what is not the suite's may lie there, and may not have been
 * there first. A manifest that is torn, or came in part, counts.
 */
export async function requireMendable(folder: string, suite: string): Promise<void> {
  requireFolder('--out', folder);
  const entries = await readdir(folder).catch(() => []);
  if (entries.length === 0) return;
  const texts = await Promise.all(
    ['manifest.json', 'manifest.json.part'].map((name) => readFile(join(folder, name), 'utf8').catch(() => null)),
  );
  if (!texts.some((text) => text !== null && isOf(text, suite)))
    throw foreign(folder, `something else than suite ${suite}`);
}

/** By its first words: the rest of it may be missing. */
const isOf = (text: string, suite: string) =>
  text === '' || (/^\s*\{\s*"format":\s*"antidote-suite-1"/.test(text) && text.slice(0, 200).includes(`"${suite}"`));

async function manifestIn(folder: string): Promise<Manifest | null> {
  try {
    return Manifest.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
  } catch {
    return null;
  }
}

const foreign = (folder: string, holds: string) =>
  new UsageError(`${shownPath(folder)} holds ${holds}; name a new folder.`);
