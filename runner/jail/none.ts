import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessFault } from '../errors.ts';
import { withScratch } from '../scratch.ts';
import { type GuestFiles, guestArguments, guestEnvironment, shownEngine } from './guest-files.ts';
import type { Jail } from './jail.ts';
import { keepLog } from './log.ts';
import { processOf } from './process-tree.ts';
import { supervise } from './supervise.ts';

/**
 * No jail: the same guest as a process like any other, held to time and memory but to nothing else. For one's own module on one's own machine,
 * and for the harness's own baselines where no jail can be had.
 */
export const none = (files: GuestFiles): Jail => ({
  kind: 'none',
  run: (request) =>
    withScratch(async (scratch) => {
      request.signal?.throwIfAborted();
      const out = join(scratch, 'out');
      const tmp = join(scratch, 'tmp');
      for (const folder of [out, tmp]) mkdirSync(folder);
      const args = [...guestArguments(files.program, request.limits.memoryBytes), request.job, out, request.backend, shownEngine(files, request.backend)[0]];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: tmp, env: { ...guestEnvironment, HOME: tmp, TMPDIR: tmp } });
      const ended = new Promise<void>((resolve) => void child.once('close', () => resolve()).once('error', () => resolve()));
      let setReady: () => void = () => {};
      const ready = new Promise<void>((resolve) => {
        setReady = resolve;
      });
      const log = keepLog(child.stdout, child.stderr, () => setReady());
      const guest = child.pid === undefined ? null : processOf(child.pid);
      if (!guest) throw new HarnessFault('The guest did not start.');
      return await supervise({ child, process: guest, log, ready, ended, out, release: () => {} }, request);
    }),
});
