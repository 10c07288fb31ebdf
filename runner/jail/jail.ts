import type { Backend } from '../../lib/benchmark/ids.ts';
import { trialMemoryBytes } from '../../lib/benchmark/limits.ts';
import type { DefenseFailed } from '../errors.ts';

/**
 * The port: a room for one run of a guest over one job folder. What every implementation owes is in README.md and in
 * tests/runner/jail/contract.test.ts: it ends within its limits, leaves no process, cgroup or file behind, and returns bytes that nobody
 * has believed yet. A run rejects with HarnessFault where the room itself could not be had, and with the signal's reason when aborted.
 */
export type Jail = {
  readonly kind: JailKind;
  run(request: JailRequest): Promise<JailRun>;
};

export type JailKind = 'bubblewrap' | 'none';

export type JailRequest = {
  /** The job folder, as README.md describes it; read-only inside. */
  readonly job: string;
  readonly backend: Backend;
  readonly limits: JailLimits;
  /** Aborting it kills everything at once. */
  readonly signal?: AbortSignal;
};

export type JailLimits = {
  /** From the guest's `ready` on; reading the data and opening the engine are not the module's time. */
  readonly seconds: number;
  readonly memoryBytes: number;
  /** Of /out. A multiple of 4096. */
  readonly outBytes: number;
  /** Threads and processes together. */
  readonly tasks: number;
};

export const defaultLimits: Omit<JailLimits, 'seconds'> = { memoryBytes: trialMemoryBytes, outBytes: 256 * 2 ** 20, tasks: 128 };

/** A guest that is not ready by then never will be, and the fault is ours. */
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
