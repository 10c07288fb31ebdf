import { cgroupMeter } from './cgroup.ts';
import type { RoomLimits } from './jail.ts';
import type { Meter } from './meter.ts';
import type { Process } from './process-tree.ts';
import { watchdogMeter } from './watchdog.ts';

/** By a cgroup where one can be made, else by watching. */
export const meterFor = (process: Process, limits: RoomLimits, kill: () => void): Meter =>
  cgroupMeter(process, limits, kill) ?? watchdogMeter(process, limits, kill);
