import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { Sha256 } from '../../lib/contract/ids.ts';

const name = 'manifest.json';

/** A plain relative path with forward slashes, which stays inside the folder. */
const InnerPath = z.string().regex(/^(?!\/)(?!.*(^|\/)\.\.?(\/|$))[A-Za-z0-9._/-]{1,300}$/);

/** Every file of a built suite but itself, sorted by path. Its own sha256 is the suite's digest. */
export const Manifest = z.strictObject({
  format: z.literal('antidote-suite-1'),
  suite: z.string(),
  files: z.array(z.strictObject({ path: InnerPath, bytes: z.int().nonnegative(), sha256: Sha256 })),
});
export type Manifest = z.infer<typeof Manifest>;

const digestOfBytes = (bytes: Uint8Array) => `sha256:${createHash('sha256').update(bytes).digest('hex')}` as const;

/** These files of the folder, sorted by path. */
export async function filesOf(folder: string, paths: readonly string[]): Promise<Manifest['files']> {
  const files: Manifest['files'] = [];
  for (const path of [...paths].sort())
    files.push({ path, bytes: (await stat(join(folder, path))).size, sha256: await sumOf(folder, path) });
  return files;
}

/** Writes down these files of the folder as its manifest and returns the digest. */
export async function writeManifest(folder: string, suite: string, paths: readonly string[]): Promise<string> {
  const files = await filesOf(folder, paths);
  const bytes = Buffer.from(
    `${JSON.stringify(Manifest.parse({ format: 'antidote-suite-1', suite, files }), null, 2)}\n`,
  );
  await writeFile(join(folder, name), bytes);
  return digestOfBytes(bytes);
}

/** Throws where there is no manifest, or none that can be read. */
export async function readManifest(folder: string): Promise<{ digest: string; manifest: Manifest }> {
  const bytes = await readFile(join(folder, name));
  return { digest: digestOfBytes(bytes), manifest: Manifest.parse(JSON.parse(bytes.toString())) };
}

/**
 * The suite's files whose bytes are not the manifest's, missing ones included, by path. Files that it does not know are
 * none of the suite.
 */
export async function verifyFolder(folder: string): Promise<{ differs: string[]; digest: string }> {
  const { digest, manifest } = await readManifest(folder);
  const differs: string[] = [];
  for (const { path, sha256 } of manifest.files)
    if ((await sumOf(folder, path).catch(() => null)) !== sha256) differs.push(path);
  return { differs, digest };
}

async function sumOf(folder: string, path: string): Promise<Sha256> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(join(folder, path)), hash);
  return `sha256:${hash.digest('hex')}`;
}
