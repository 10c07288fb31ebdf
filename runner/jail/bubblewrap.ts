import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, constants, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { HarnessFault } from '../errors.ts';
import { ownerMark } from '../host/scratch.ts';
import { blockFd, bubblewrapCommand, infoFd, type Places, placesIn } from './bubblewrap-command.ts';
import type { Guest } from './guests/guest.ts';
import { giveUp, type HeldRoom, heldRoom, superviseHeld } from './held-room.ts';
import type { Jail, Opening } from './jail.ts';
import { openOut } from './out-folder.ts';
import { inOwnFolder } from './own-folder.ts';
import { type Process, processOf } from './process-tree.ts';
import { isKnownArchitecture, seccompProgram } from './seccomp.ts';
import { spawnCovered } from './spawn-covered.ts';
import { watched } from './watched.ts';

/**
 * A jail of Linux namespaces by bubblewrap (https://github.com/containers/bubblewrap): no network, no other process, no
 * file but those that README.md lists, no capability, a system call filter, limits by cgroup and by our own clock. /out
 * is a tmpfs that the supervisor holds open from before the guest begins and reads when everything inside is dead.
 */
export const bubblewrap = (guest: Guest): Jail => ({
  async open(opening) {
    opening.signal?.throwIfAborted();
    return inOwnFolder(async (folder, job) =>
      superviseHeld(await openRoom(guest, placesIn(folder, job), opening), opening),
    );
  },
});

async function openRoom(guest: Guest, places: Places, opening: Opening): Promise<HeldRoom> {
  const seen = watched(start(guest, places, opening));
  const { child, ended } = seen;
  const first = await firstProcess(child, ended);
  const outFd = first && (await openOut(`/proc/${first.pid}/root/out`, opening.limits.outBytes, ended));
  if (first && outFd !== null) return heldRoom(seen, { process: first, outFd, blockFd });
  return giveUp(seen, 'bubblewrap said nothing');
}

function start(guest: Guest, places: Places, opening: Opening): ChildProcess {
  for (const folder of [places.out, places.tmp]) mkdirSync(folder);
  const filter = seccompFile(guest);
  try {
    return spawnCovered(bubblewrapCommand(guest, places, opening), [filter, 'pipe', 'pipe']);
  } finally {
    closeSync(filter);
  }
}

/** The filter in a file without a name. */
function seccompFile({ calls }: Guest): number {
  const { arch } = process;
  if (!isKnownArchitecture(arch))
    throw new HarnessFault(`The jail's system call filter knows x64 and arm64, not ${arch}.`);
  const path = join(tmpdir(), `${ownerMark()}${randomUUID()}`);
  writeFileSync(path, seccompProgram(arch, calls), { flag: 'wx', mode: 0o600 });
  try {
    return openSync(path, constants.O_RDONLY);
  } finally {
    rmSync(path);
  }
}

/** The first process inside, which blocks until it is released; or null where bubblewrap gave up. */
async function firstProcess(child: ChildProcess, ended: Promise<void>): Promise<Process | null> {
  const info = await Promise.race([text(child.stdio[infoFd] as Readable).catch(() => ''), ended.then(() => '')]);
  const pid = /"child-pid":\s*(\d+)/.exec(info)?.[1];
  return pid ? processOf(Number(pid)) : null;
}
