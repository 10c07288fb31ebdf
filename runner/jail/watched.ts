import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { keepLog } from './log.ts';
import type { Room } from './supervise.ts';

/** A guest's process, seen from outside. `failure` is why it could not be spawned, or nothing. */
export type Watched = Pick<Room, 'child' | 'log' | 'ready' | 'ended'> & { failure(): string };

export function watched(child: ChildProcess): Watched {
  let failure = '';
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', (error) => {
      failure = error.message;
      resolve();
    });
  });
  let setReady: () => void = () => {};
  const ready = new Promise<void>((resolve) => {
    setReady = resolve;
  });
  const log = keepLog(child.stdout as Readable, child.stderr as Readable, () => setReady());
  return { child, log, ready, ended, failure: () => failure };
}
