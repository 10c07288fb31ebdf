import { readFileSync } from 'node:fs';
import { Harness } from '../../lib/contract/result.ts';
import { distPath } from './dist.ts';

let read: Harness | undefined;

/** The version and digest of what runner/build.mjs built: the code that this program is. */
export function harness(): Harness {
  read ??= Harness.parse(JSON.parse(readFileSync(distPath('harness.json'), 'utf8')));
  return read;
}
