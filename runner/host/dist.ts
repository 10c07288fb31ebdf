import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The nearest folder above this file that holds `package.json`: from the source and from dist/ it is the project's. In
 * the jail there is no project: there it is the root folder, of which nothing is read.
 */
export const projectDir = folderWith('package.json', dirname(fileURLToPath(import.meta.url)));

function folderWith(name: string, from: string): string {
  if (existsSync(join(from, name)) || dirname(from) === from) return from;
  return folderWith(name, dirname(from));
}

/** What runner/build.mjs made: the guest, the baselines, the wasm binary, harness.json. */
export const distPath = (...names: string[]) => join(projectDir, 'dist', ...names);
