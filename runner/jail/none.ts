import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessFault } from '../errors.ts';
import type { Guest } from './guests/guest.ts';
import type { Jail, Opening } from './jail.ts';
import { inOwnFolder } from './own-folder.ts';
import { processOf } from './process-tree.ts';
import { beginning, type Room, supervise } from './supervise.ts';
import { watched } from './watched.ts';

/**
 * No jail: the same guest as a process like any other, held to time and memory but to nothing else. For one's own
 * module on one's own machine, and for the harness's own baselines where no jail can be had.
 */
export const none = (guest: Guest): Jail => ({
  async open(opening) {
    opening.signal?.throwIfAborted();
    return inOwnFolder(async (folder, job) => supervise(roomIn(guest, folder, job, opening), opening));
  },
});

function roomIn(guest: Guest, folder: string, job: string, { backend, limits }: Opening): Room {
  const out = join(folder, 'out');
  const tmp = join(folder, 'tmp');
  for (const own of [out, tmp]) mkdirSync(own);
  const outside = new Map([
    ['/job', job],
    ['/out', out],
    ...guest.mounts(backend).map(([from, to]) => [to, from] as const),
  ]);
  const [program, ...args] = guest.command(
    { backend, memoryBytes: limits.memoryBytes },
    (inside) => outside.get(inside)!,
  );
  const child = spawn(program!, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd: tmp,
    env: { ...guest.environment, HOME: tmp, TMPDIR: tmp, NODE_ENV: 'production' },
  });
  const first = child.pid === undefined ? null : processOf(child.pid);
  if (!first) throw new HarnessFault('The guest did not start.');
  return { ...watched(child), process: first, out, release: () => {}, begin: beginning(child) };
}
