import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { searchPath } from '../host/env.ts';
import { leakingDescriptors } from './descriptors.ts';

/**
 * Spawns a program with pipes for 0 to 2 and these descriptors, from 3 on: a pipe, or a file that is open here. What
 * our own parent left open is covered with /dev/null. Its environment is PATH and NODE_ENV.
 */
export function spawnCovered(
  [program, ...args]: readonly string[],
  descriptors: readonly ('pipe' | number)[],
): ChildProcess {
  const quiet = openSync('/dev/null', constants.O_RDWR);
  const stdio: ('pipe' | 'ignore' | number)[] = ['pipe', 'pipe', 'pipe', ...descriptors];
  const own = stdio.length;
  for (const descriptor of leakingDescriptors()) {
    while (stdio.length < descriptor) stdio.push('ignore');
    if (descriptor >= own) stdio[descriptor] = quiet;
  }
  try {
    return spawn(program!, args, { stdio, env: { PATH: searchPath().join(':'), NODE_ENV: 'production' } });
  } finally {
    closeSync(quiet);
  }
}
