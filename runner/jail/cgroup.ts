import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isOrphan, ownerMark } from '../host/scratch.ts';
import type { RoomLimits } from './jail.ts';
import type { Meter } from './meter.ts';
import type { Process } from './process-tree.ts';

/**
 * The files of one controller's version (Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/memory.rst of the
 * kernel).
 */
const versions = {
  2: { limit: 'memory.max', swap: ['memory.swap.max', 0], peak: 'memory.peak', kills: 'memory.events' },
  1: {
    limit: 'memory.limit_in_bytes',
    swap: ['memory.memsw.limit_in_bytes', null],
    peak: 'memory.max_usage_in_bytes',
    kills: 'memory.oom_control',
  },
} as const;

const intervalMs = 50;

/**
 * A meter by the kernel: it kills a process within the cgroup when memory runs out, and `kill` is called for what is
 * left. Null where no cgroup with a memory controller can be made.
 */
export function cgroupMeter({ pid }: Process, { memoryBytes, tasks }: RoomLimits, kill: () => void): Meter | null {
  if (home === undefined) home = findHome();
  const place = home;
  if (!place) return null;
  const files = versions[place.version];
  const name = `${ownerMark()}${pid}`;
  const made = [...new Set([place.memory, place.pids ?? place.memory])].map((parent) => join(parent, name));
  const memory = made[0]!;
  try {
    for (const folder of made) mkdirSync(folder);
    const [swapFile, swap] = files.swap;
    writeFileSync(join(memory, files.limit), String(memoryBytes));
    if (existsSync(join(memory, swapFile))) writeFileSync(join(memory, swapFile), String(swap ?? memoryBytes));
    const pids = join(made.at(-1)!, 'pids.max');
    if (existsSync(pids)) writeFileSync(pids, String(tasks));
    for (const folder of made) writeFileSync(join(folder, 'cgroup.procs'), String(pid));
  } catch {
    for (const folder of made) tryRemove(folder);
    return null;
  }
  let last = { peak: null as number | null, kills: 0 };
  const read = () => {
    if (!existsSync(memory)) return last;
    const peak = existsSync(join(memory, files.peak)) ? Number(readFileSync(join(memory, files.peak), 'latin1')) : null;
    const kills = Number(/^oom_kill (\d+)/m.exec(readFileSync(join(memory, files.kills), 'latin1'))?.[1] ?? 0);
    last = { peak, kills };
    return last;
  };
  const exceeded = () => read().kills > 0;
  const timer = setInterval(() => exceeded() && kill(), intervalMs);
  return {
    peakBytes: () => read().peak,
    exceeded,
    close: async () => {
      clearInterval(timer);
      read();
      for (const folder of made) for (let tries = 0; tries < 200 && !tryRemove(folder); tries++) await sleep(10); // a dying task still counts for a moment
    },
  };
}

type Home = { version: 1 | 2; memory: string; pids: string | null };
let home: Home | null | undefined;

/**
 * The folders in which this process may make cgroups. Asked once; cgroups that a killed supervisor left are removed on
 * the way.
 */
function findHome(): Home | null {
  try {
    const found = [homeV2(), homeV1()].find((place) => place !== null) ?? null;
    if (found) for (const folder of [found.memory, found.pids]) if (folder) sweep(folder);
    return found;
  } catch {
    return null;
  }
}

function homeV2(): Home | null {
  const mount = mountsOf('cgroup2')[0];
  const path = pathOf((controllers) => controllers === '');
  if (!mount || path === null) return null;
  const own = join(mount.folder, path);
  // A cgroup with processes of its own can't hand controllers down; its parent may be ours too.
  for (const parent of [own, dirname(own)])
    if (parent.startsWith(mount.folder) && canMake(parent, 'memory.max'))
      return { version: 2, memory: parent, pids: null };
  return null;
}

function homeV1(): Home | null {
  const folderOf = (controller: string, file: string) => {
    const mount = mountsOf('cgroup').find(({ options }) => options.includes(controller));
    const path = pathOf((controllers) => controllers.split(',').includes(controller));
    if (!mount || path === null) return null;
    return (
      [join(mount.folder, path), mount.folder].find((parent) => existsSync(parent) && canMake(parent, file)) ?? null
    );
  };
  const memory = folderOf('memory', 'memory.limit_in_bytes');
  return memory === null ? null : { version: 1, memory, pids: folderOf('pids', 'pids.max') };
}

function mountsOf(type: string) {
  const lines = readFileSync('/proc/self/mounts', 'latin1').split('\n');
  return lines
    .map((line) => line.split(' '))
    .flatMap((words) => (words[2] === type ? [{ folder: words[1]!, options: words[3]!.split(',') }] : []));
}

/** Of this process, in the hierarchy whose controllers fit. */
function pathOf(fits: (controllers: string) => boolean): string | null {
  const lines = readFileSync('/proc/self/cgroup', 'latin1').trim().split('\n');
  const line = lines.map((text) => /^\d+:([^:]*):(.*)$/.exec(text)).find((match) => match && fits(match[1]!));
  return line?.[2] ?? null;
}

function canMake(parent: string, file: string): boolean {
  const probe = join(parent, `${ownerMark()}probe`);
  try {
    mkdirSync(probe);
  } catch {
    return false;
  }
  const has = existsSync(join(probe, file));
  tryRemove(probe);
  return has;
}

function sweep(parent: string): void {
  for (const name of readdirSync(parent)) if (isOrphan(name)) tryRemove(join(parent, name));
}

function tryRemove(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return !existsSync(folder);
  }
}
