import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessFault } from '../errors.ts';
import { type GuestFiles, guestArguments, guestEnvironment, shownEngine } from './guest-files.ts';
import type { Jail, Opening } from './jail.ts';
import { keepLog } from './log.ts';
import { inOwnFolder } from './own-folder.ts';
import { processOf } from './process-tree.ts';
import { beginning, type Room, supervise } from './supervise.ts';

/**
 * No jail: the same guest as a process like any other, held to time and memory but to nothing else. For one's own
 * module on one's own machine, and for the harness's own baselines where no jail can be had.
 */
export const none = (files: GuestFiles): Jail => ({
  kind: 'none',
  async open(opening) {
    opening.signal?.throwIfAborted();
    return inOwnFolder(async (folder, job) => supervise(roomIn(folder, job, opening, files), opening));
  },
});

function roomIn(folder: string, job: string, { backend, limits }: Opening, files: GuestFiles): Room {
  const out = join(folder, 'out');
  const tmp = join(folder, 'tmp');
  for (const own of [out, tmp]) mkdirSync(own);
  const args = [
    ...guestArguments(files.program, limits.memoryBytes),
    job,
    out,
    backend,
    shownEngine(files, backend)[0],
  ];
  const child = spawn(process.execPath, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd: tmp,
    env: { ...guestEnvironment, HOME: tmp, TMPDIR: tmp },
  });
  const ended = new Promise<void>(
    (resolve) => void child.once('close', () => resolve()).once('error', () => resolve()),
  );
  let setReady: () => void = () => {};
  const ready = new Promise<void>((resolve) => {
    setReady = resolve;
  });
  const log = keepLog(child.stdout, child.stderr, () => setReady());
  const guest = child.pid === undefined ? null : processOf(child.pid);
  if (!guest) throw new HarnessFault('The guest did not start.');
  return { child, process: guest, log, ready, ended, out, release: () => {}, begin: beginning(child) };
}
