import { readFileSync } from 'node:fs';
import { HarnessFile, harnessFor } from '../../lib/contract/harness-file.ts';
import type { Sha256 } from '../../lib/contract/ids.ts';
import type { Harness } from '../../lib/contract/result.ts';
import type { Runtime } from '../../lib/contract/runtime.ts';
import { distPath } from './dist.ts';

let read: HarnessFile | undefined;
function file(): HarnessFile {
  read ??= HarnessFile.parse(JSON.parse(readFileSync(distPath('harness.json'), 'utf8')));
  return read;
}

/** The version and digest of what runner/build.mjs built, for modules of this runtime. */
export const harness = (runtime: Runtime = 'javascript'): Harness => harnessFor(file(), runtime);

/** Those of every runtime. */
export const harnessDigests = (): Sha256[] => Object.values(file().runtimes);
