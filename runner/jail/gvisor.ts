import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Guest } from './guests/guest.ts';
import { blockFd, gvisorCommand } from './gvisor-command.ts';
import { giveUp, type HeldRoom, heldRoom, notOpened, superviseHeld } from './held-room.ts';
import type { Jail, Opening } from './jail.ts';
import { ociBundle } from './oci-bundle.ts';
import { openOut } from './out-folder.ts';
import { inOwnFolder } from './own-folder.ts';
import { processOf, treeOf } from './process-tree.ts';
import { spawnCovered } from './spawn-covered.ts';
import { watched } from './watched.ts';

/**
 * A jail by gVisor (`runsc`, https://gvisor.dev): the guest's system calls are answered by a kernel in user space, the
 * sentry, which itself may make few of the host's. It runs without root, in namespaces of its own. Everything that
 * belongs to it is in one pid namespace, whose end is the end of all.
 */
export const gvisor = (guest: Guest): Jail => ({
  async open(opening) {
    opening.signal?.throwIfAborted();
    const { limits } = opening;
    return inOwnFolder(async (folder, job) =>
      superviseHeld(await openRoom(guest, folder, job, opening), {
        ...opening,
        limits: { ...limits, tasks: hostTasks(limits.tasks) },
      }),
    );
  },
});

/** The sentry holds the guest to its tasks. Its own threads, and the two or three for each of the guest's, are more. */
const hostTasks = (tasks: number) => 3 * tasks + 200;

async function openRoom(guest: Guest, folder: string, job: string, opening: Opening): Promise<HeldRoom> {
  const places = { job, out: join(folder, 'out'), bundle: join(folder, 'bundle'), state: join(folder, 'state') };
  for (const path of [places.out, places.state]) mkdirSync(path);
  const missing = guest.mounts(opening.backend).find(([outside]) => !existsSync(outside));
  if (missing) throw notOpened(`runsc: ${missing[0]} is not there`); // runsc itself would not say which
  ociBundle(guest, places, opening);
  const seen = watched(spawnCovered(gvisorCommand(places, opening), ['pipe']));
  const { child, ended } = seen;
  const outFd = await openOut(`/proc/${child.pid}/root${places.out}`, opening.limits.outBytes, ended);
  const first = outFd === null ? undefined : treeOf(child.pid!)[1]; // process 1 of the pid namespace
  const process = first === undefined ? null : processOf(first);
  if (process && outFd !== null) return heldRoom(seen, { process, outFd, blockFd });
  return giveUp(seen, 'gVisor said nothing');
}
