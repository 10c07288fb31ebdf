import { existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { environmentInWords } from '../../lib/contract/environment-in-words.ts';
import { childEnvironment, env } from './env.ts';

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
    if (path !== undefined && isInProc(resolve(path)))
      throw new RangeError(`${name} is '${path}': nothing can be made there; name another folder`);
  }
}

/** What `statfs` calls the folder of processes, in Linux's magic.h. */
const procfs = 0x9fa0;

/** Node would try for ever to make a folder with those above it there, and hear no Ctrl-C. */
function isInProc(path: string): boolean {
  let there = path;
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
  return statfsSync(there).type === procfs;
}
