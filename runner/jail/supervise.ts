import type { ChildProcess } from 'node:child_process';
import type { Streams } from '../../lib/contract/task.ts';
import { DefenseFailed, HarnessFault } from '../errors.ts';
import { type JailRun, type Opening, type OpenJail, startSeconds } from './jail.ts';
import type { keepLog } from './log.ts';
import { meterFor } from './meter-for.ts';
import { readOut } from './out.ts';
import { killProcess, type Process } from './process-tree.ts';

/** A guest that is there and waits to be let go. */
export type Room = {
  /** Ends when the last process of the room is dead. */
  readonly child: ChildProcess;
  /** Killing this one kills all. */
  readonly process: Process;
  readonly log: ReturnType<typeof keepLog>;
  readonly ready: Promise<void>;
  readonly ended: Promise<void>;
  /** The folder in which the guest's /out can be read once it is dead. */
  readonly out: string;
  release(): void;
  /** Says that the job folder is filled, and what the training draws from. */
  begin(told: Told): void;
};

/** The line that a guest is told, as JSON. */
type Told = { readonly streams?: Streams | undefined };

/** A line on its standard input, which then ends. A guest whose input ends without one was never wanted. */
export const beginning = (child: ChildProcess) => (told: Told) =>
  void child.stdin!.on('error', () => {}).end(`${JSON.stringify(told)}\n`); // it may be dead already

/**
 * Lets the guest go, and ends it where it runs past a limit or the caller aborts. Until it is told to begin it may take
 * its time: the next trial may be long in coming. Closing it waits until every process of the room is dead and its
 * cgroup is gone.
 */
export function supervise(room: Room, { limits, signal }: Opening): Omit<OpenJail, 'job'> {
  const kill = () => killProcess(room.process);
  const meter = meterFor(room.process, limits, kill);
  signal?.addEventListener('abort', kill, { once: true });
  if (signal?.aborted) kill();
  room.release();

  async function run(seconds: number, streams?: Streams): Promise<JailRun> {
    let timedOut = false;
    let readyAt: number | null = null;
    const expire = () => {
      timedOut = true;
      kill();
    };
    let timer = setTimeout(expire, 1000 * startSeconds);
    room.begin({ streams });
    room.ready.then(() => {
      readyAt = performance.now();
      clearTimeout(timer);
      timer = setTimeout(expire, 1000 * seconds);
    });
    try {
      await room.ended;
      const endedAt = performance.now();
      signal?.throwIfAborted();
      const exceeded = meter.exceeded();
      return {
        end: exceeded ? 'out-of-memory' : timedOut ? 'timed-out' : 'exited',
        exitCode: room.child.exitCode,
        ready: readyAt !== null,
        log: room.log.text(),
        seconds: readyAt === null ? 0 : (endedAt - readyAt) / 1000,
        peakBytes: meter.peakBytes(),
        out: outOf(room.out, limits.outBytes),
      };
    } finally {
      clearTimeout(timer);
    }
  }

  async function close(): Promise<void> {
    signal?.removeEventListener('abort', kill);
    kill();
    await room.ended;
    await meter.close();
  }

  return { run, close };
}

function outOf(folder: string, limit: number): JailRun['out'] {
  try {
    return readOut(folder, limit);
  } catch (error) {
    if (error instanceof DefenseFailed) return error;
    throw new HarnessFault(`What the guest left can't be read (${(error as Error).message}).`);
  }
}
