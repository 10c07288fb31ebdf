import type { JailName, UsualBackend } from '../../lib/contract/ids.ts';
import { trialMemoryBytes } from '../../lib/contract/limits.ts';
import type { Streams } from '../../lib/contract/task.ts';
import type { DefenseFailed } from '../errors.ts';

/**
 * The port: a room for one run of a guest over one job folder. What every implementation owes is in README.md and in
 * tests/runner/jail/contract.test.ts: it ends within its limits, leaves no process, cgroup or file behind, and returns
 * bytes that nobody has believed yet. Opening rejects with HarnessFault where the room itself could not be had.
 */
export type Jail = {
  open(opening: Opening): Promise<OpenJail>;
};

/** The jails that hold a stranger, in the order in which they are preferred. */
export const realJails = ['bubblewrap', 'gvisor'] as const satisfies readonly JailName[];
export type RealJail = (typeof realJails)[number];
export type JailKind = JailName;

export type Opening = {
  readonly backend: UsualBackend;
  readonly limits: RoomLimits;
  /** Aborting it kills everything at once. */
  readonly signal?: AbortSignal;
};

/** A room whose guest gets its engine ready and waits. To be closed, whether it was used or not. */
export type OpenJail = {
  /** The job folder, empty: to be filled as README.md describes it before the run; read-only inside. */
  readonly job: string;
  /**
   * Once. Tells the guest to begin and what its training draws from, and waits for its end; the seconds count from its
   * `ready` on. A guest that trains nothing needs no streams. Rejects with the signal's reason when aborted.
   */
  run(seconds: number, streams?: Streams): Promise<JailRun>;
  /** Kills what still runs. When this settles, processes, cgroup and folders are gone. */
  close(): Promise<void>;
};

export type RoomLimits = {
  readonly memoryBytes: number;
  /** Of /out. A multiple of 4096. */
  readonly outBytes: number;
  /** Threads and processes together. */
  readonly tasks: number;
};

/** The seconds are the module's: getting the engine ready and reading the data are not in them. */
export type JailLimits = RoomLimits & { readonly seconds: number };

export const defaultLimits: RoomLimits = { memoryBytes: trialMemoryBytes, outBytes: 256 * 2 ** 20, tasks: 128 };

/** Of /tmp. */
export const tmpBytes = 64 * 2 ** 20;

/** A guest that is not ready so long after it was told to begin never will be, and the fault is ours. */
export const startSeconds = 120;

export type JailRun = {
  readonly end: 'exited' | 'timed-out' | 'out-of-memory';
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  /** The guest said so before it touched the module: from there on whatever goes wrong is the module's doing. */
  readonly ready: boolean;
  /** The first 64 KiB of what it printed, as it came. */
  readonly log: string;
  /** From `ready` to the end, by the supervisor's clock. */
  readonly seconds: number;
  /** Null where it could not be measured. */
  readonly peakBytes: number | null;
  /** What lay in /out under the names of README.md, or why it can't be read. */
  readonly out: ReadonlyMap<string, Uint8Array> | DefenseFailed;
};
