import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BaselineId } from './catalog/baselines/index.ts';
import { sha256 } from './contract/canonical.ts';

let read: Promise<ReadonlyMap<string, BaselineId>> | undefined;

/**
 * The baseline that a module is to the byte, as this build has them, by its sha256; or null. Read once: a site serves
 * one build.
 */
export async function ownModule(digest: string): Promise<BaselineId | null> {
  read ??= readModules();
  return (await read).get(digest) ?? null;
}

async function readModules(): Promise<ReadonlyMap<string, BaselineId>> {
  const folder = join(process.cwd(), 'dist/baselines');
  const entries = (await readdir(folder)).map(
    async (file) =>
      [await sha256(await readFile(join(folder, file))), BaselineId.parse(file.replace(/\.mjs$/, ''))] as const,
  );
  return new Map(await Promise.all(entries));
}
