import { cgroupMeter } from './cgroup.ts';
import type { RoomLimits } from './jail.ts';
import type { Process } from './process-tree.ts';
import { watchdogMeter } from './watchdog.ts';

/** Holds a process and all it starts to their memory and number of tasks, and knows what they used at most. */
export type Meter = {
  peakBytes(): number | null;
  /** Whether they were stopped for their memory. */
  exceeded(): boolean;
  /** To be called when they are dead. */
  close(): Promise<void>;
};

/** By a cgroup where one can be made, else by watching and calling `kill`. */
export const meterFor = (process: Process, limits: RoomLimits, kill: () => void): Meter =>
  cgroupMeter(process, limits) ?? watchdogMeter(process, limits, kill);
