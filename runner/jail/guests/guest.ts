import type { UsualBackend } from '../../../lib/contract/ids.ts';
import type { SyscallName } from '../syscalls.ts';

/** A file or folder of this machine, and where a guest finds it. */
type Mount = readonly [outside: string, inside: string];

/**
 * What a jail starts: a program over one job folder. README.md says what it is given and what it owes. Everything that
 * one guest needs and another does not stands in its record, and the jails know no more of it.
 */
export type Guest = {
  /** Program and arguments. `at` gives the path of something that lies at this place inside. */
  command(task: { backend: UsualBackend; memoryBytes: number }, at: (inside: string) => string): readonly string[];
  /** What it is shown, read-only. Nothing else of the machine is. */
  mounts(backend: UsualBackend): readonly Mount[];
  /** All that it finds in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** The system calls that it may make, beside `clone` for threads: recorded, see README.md. */
  readonly calls: readonly SyscallName[];
  /**
   * Those of them that it may make once a module runs, where its program can limit itself: a jail gives it the filter
   * as its last argument.
   */
  readonly moduleCalls?: readonly SyscallName[];
};
