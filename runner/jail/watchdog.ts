import type { RoomLimits } from './jail.ts';
import type { Meter } from './meter.ts';
import { type Process, treeOf, useOf } from './process-tree.ts';

const intervalMs = 50;

/**
 * A meter by looking: every 50 ms it adds up what the process and all below it hold, and calls `kill` when that is too
 * much. Weaker than a cgroup: what is taken and given back in between is not seen, and a burst can overshoot before it
 * is.
 */
export function watchdogMeter({ pid }: Process, { memoryBytes, tasks }: RoomLimits, kill: () => void): Meter {
  let peak = 0;
  let exceeded = false;
  const look = () => {
    const use = useOf(treeOf(pid));
    peak = Math.max(peak, use.residentBytes, use.peakBytes);
    exceeded ||= use.residentBytes > memoryBytes;
    if (exceeded || use.tasks > tasks) kill();
  };
  const timer = setInterval(look, intervalMs);
  look();
  return { peakBytes: () => peak || null, exceeded: () => exceeded, close: async () => clearInterval(timer) };
}
