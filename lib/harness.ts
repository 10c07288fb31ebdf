import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessFile, harnessFor } from './contract/harness-file.ts';
import type { Sha256 } from './contract/ids.ts';
import type { Harness } from './contract/result.ts';
import type { Runtime } from './contract/runtime.ts';

/**
 * The harness that this site's evaluations ask for: what `runner/build.mjs` wrote when it built the runner. Read once:
 * a site serves one build.
 */
let read: HarnessFile | undefined;
function file(): HarnessFile {
  read ??= HarnessFile.parse(JSON.parse(readFileSync(join(process.cwd(), 'dist/harness.json'), 'utf8')));
  return read;
}

/** With which modules of this runtime are evaluated; JavaScript's is what everything else is computed with. */
export const harness = (runtime: Runtime = 'javascript'): Harness => harnessFor(file(), runtime);

/** Those of every runtime. */
export const harnessDigests = (): Sha256[] => Object.values(file().runtimes);
