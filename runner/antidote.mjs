#!/usr/bin/env node
// The command line as it is installed. In a checkout it rebuilds dist/ when a source is newer.
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const built = statSync(join(root, 'dist/harness.json'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
const sources = ['runner', 'lib/contract', 'lib/catalog', 'lib/scoring', 'lib/studies', 'app/server'].flatMap(
  (folder) => readdirSync(join(root, folder), { recursive: true }).map((path) => join(root, folder, String(path))),
);
if (sources.some((path) => /\.(ts|mjs|json)$/.test(path) && statSync(path).mtimeMs > built))
  await import('./build.mjs');
await import('../dist/antidote.mjs');
