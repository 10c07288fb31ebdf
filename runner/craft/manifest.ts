import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 as digestOf } from '../../lib/contract/canonical.ts';
import { type ListedFile, Manifest } from '../../lib/contract/manifest.ts';
import { fileSha256 } from '../host/sha256.ts';

const name = 'manifest.json';

/** These files of the folder, sorted by path. */
export async function filesOf(folder: string, paths: readonly string[]): Promise<ListedFile[]> {
  const files: ListedFile[] = [];
  for (const path of [...paths].sort())
    files.push({ path, bytes: (await stat(join(folder, path))).size, sha256: await fileSha256(join(folder, path)) });
  return files;
}

/** Writes down these files of the folder as its manifest and returns the digest. */
export async function writeManifest(folder: string, suite: string, paths: readonly string[]): Promise<string> {
  const files = await filesOf(folder, paths);
  const bytes = Buffer.from(
    `${JSON.stringify(Manifest.parse({ format: 'antidote-suite-1', suite, files }), null, 2)}\n`,
  );
  await writeFile(join(folder, name), bytes);
  return digestOf(bytes);
}

/** Throws where there is no manifest, or none that can be read. */
export async function readManifest(folder: string): Promise<{ digest: string; manifest: Manifest }> {
  const bytes = await readFile(join(folder, name));
  return { digest: await digestOf(bytes), manifest: Manifest.parse(JSON.parse(bytes.toString())) };
}

/**
 * The suite's files whose bytes are not the manifest's, missing ones included, by path. Files that it does not know are
 * none of the suite.
 */
export async function verifyFolder(folder: string): Promise<{ differs: string[]; digest: string }> {
  const { digest, manifest } = await readManifest(folder);
  const differs: string[] = [];
  for (const { path, sha256 } of manifest.files)
    if ((await fileSha256(join(folder, path)).catch(() => null)) !== sha256) differs.push(path);
  return { differs, digest };
}
