import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** This file lies one folder below the project, as source and as built. */
export const projectDir = dirname(dirname(fileURLToPath(import.meta.url)));

/** What runner/build.mjs made: the guest, the baselines, the wasm binary, harness.json. */
export const distPath = (...names: string[]) => join(projectDir, 'dist', ...names);
