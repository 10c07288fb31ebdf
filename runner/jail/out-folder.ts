import { constants, openSync, statfsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const tmpfsMagic = 0x0102_1994;
const openMs = 20_000;

/** Files and folders that a tmpfs holds. An empty one takes none of its bytes, but memory of the kernel. */
export const tmpfsFiles = 4096;

/** For `sh`: mounts a file system in memory of that size on `$n`, on which nothing can be run. */
export const mountTmpfs = (bytes: number, on: string) =>
  `mount -t tmpfs -o nosuid,nodev,noexec,mode=755,size=${bytes},nr_inodes=${tmpfsFiles} tmpfs "${on}"`;

/**
 * A guest's /out as seen from outside, as soon as it is mounted: `path`, through the root folder of a process that sees
 * it. The descriptor keeps it after everything inside is dead. Null where it did not come in time, or the guest ended.
 */
export async function openOut(path: string, bytes: number, ended: Promise<void>): Promise<number | null> {
  let over = false;
  ended.then(() => {
    over = true;
  });
  for (const deadline = performance.now() + openMs; !over && performance.now() < deadline; await sleep(1)) {
    try {
      const { type, blocks, bsize } = statfsSync(path);
      if (type === tmpfsMagic && blocks * bsize === bytes)
        return openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
    } catch {
      // Not furnished yet.
    }
  }
  return null;
}
