import { existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { environmentInWords } from '../../lib/contract/environment-in-words.ts';
import { childEnvironment, env } from './env.ts';
import { shownPath } from './file-causes.ts';

const folders = ['ANTIDOTE_DATA', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME'] as const;

/**
 * Throws RangeError, in words for people, where a variable is wrong. Asked first: what is started then finds them
 * right.
 */
export function requireVariables(): void {
  try {
    env();
  } catch (error) {
    environmentInWords(childEnvironment({}, { secrets: true }));
    throw error;
  }
  for (const name of folders) {
    const path = env()[name];
    const defect = path === undefined ? null : defectOf(resolve(path));
    if (defect) throw new RangeError(`${name} is '${path}': ${defect}; name another folder`);
  }
}

/** What `statfs` calls the folder of processes, in Linux's magic.h. */
const procfs = 0x9fa0;

/** Why it can't be a folder. In /proc Node would try for ever to make one with those above it, and hear no Ctrl-C. */
function defectOf(path: string): string | null {
  let there = path;
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
  if (statfsSync(there).type === procfs) return 'nothing can be made there';
  return statSync(there).isDirectory() ? null : `${there === path ? 'it' : shownPath(there)} is no folder`;
}
