import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Harness } from './contract/result.ts';

/**
 * The harness that this site's evaluations ask for: what `runner/build.mjs` wrote when it built the runner. Read once:
 * a site serves one build.
 */
let read: Harness | undefined;
export function harness(): Harness {
  read ??= Harness.parse(JSON.parse(readFileSync(join(process.cwd(), 'dist/harness.json'), 'utf8')));
  return read;
}
