import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, constants, mkdirSync, openSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { HarnessFault } from '../errors.ts';
import { searchPath } from '../host/env.ts';
import { ownerMark } from '../host/scratch.ts';
import { blockFd, bubblewrapCommand, infoFd, type Places, placesIn, seccompFd } from './bubblewrap-command.ts';
import { leakingDescriptors } from './descriptors.ts';
import type { Guest } from './guests/guest.ts';
import type { Jail, Opening } from './jail.ts';
import { keepLog } from './log.ts';
import { inOwnFolder } from './own-folder.ts';
import { type Process, processOf } from './process-tree.ts';
import { isKnownArchitecture, seccompProgram } from './seccomp.ts';
import { beginning, type Room, supervise } from './supervise.ts';

const tmpfsMagic = 0x0102_1994;
const openMs = 20_000;

/**
 * A jail of Linux namespaces by bubblewrap (https://github.com/containers/bubblewrap): no network, no other process, no
 * file but those that README.md lists, no capability, a system call filter, limits by cgroup and by our own clock. /out
 * is a tmpfs that the supervisor holds open from before the guest begins and reads when everything inside is dead.
 */
export const bubblewrap = (guest: Guest): Jail => ({
  async open(opening) {
    opening.signal?.throwIfAborted();
    return inOwnFolder(async (folder, job) => {
      const room = await openRoom(guest, placesIn(folder, job), opening);
      const { run, close } = supervise(room, opening);
      return { run, close: () => close().finally(() => closeSync(room.outFd)) };
    });
  },
});

async function openRoom(guest: Guest, places: Places, opening: Opening): Promise<Room & { outFd: number }> {
  const child = start(guest, places, opening);
  let failure: Error | undefined;
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', (error) => {
      failure = error;
      resolve();
    });
  });
  let setReady: () => void = () => {};
  const ready = new Promise<void>((resolve) => {
    setReady = resolve;
  });
  const log = keepLog(child.stdout as Readable, child.stderr as Readable, () => setReady());
  const first = await firstProcess(child, ended);
  const outFd = first && (await openOut(first, opening.limits.outBytes, ended));
  if (first && outFd !== null) {
    const block = (child.stdio as unknown[])[blockFd] as Writable;
    const release = () => void block.on('error', () => {}).end('\n'); // it may be dead already
    return {
      child,
      process: first,
      log,
      ready,
      ended,
      outFd,
      out: `/proc/self/fd/${outFd}`,
      release,
      begin: beginning(child),
    };
  }
  child.kill('SIGKILL');
  await ended;
  const said = failure?.message ?? log.text().trim().split('\n')[0];
  throw new HarnessFault(
    `The jail did not open (${said || 'bubblewrap said nothing'}); \`npx antidote doctor\` names the fix.`,
  );
}

function start(guest: Guest, places: Places, opening: Opening): ChildProcess {
  for (const folder of [places.out, places.tmp]) mkdirSync(folder);
  const [program, ...args] = bubblewrapCommand(guest, places, opening);
  const quiet = openSync('/dev/null', constants.O_RDWR);
  const filter = seccompFile(guest);
  const stdio: ('pipe' | 'ignore' | number)[] = ['pipe', 'pipe', 'pipe'];
  stdio[seccompFd] = filter;
  for (const descriptor of [infoFd, blockFd]) stdio[descriptor] = 'pipe';
  for (const descriptor of leakingDescriptors()) {
    while (stdio.length < descriptor) stdio.push('ignore');
    if (descriptor > blockFd) stdio[descriptor] = quiet;
  }
  try {
    return spawn(program!, args, { stdio, env: { PATH: searchPath().join(':'), NODE_ENV: 'production' } });
  } finally {
    closeSync(quiet);
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

/**
 * /out as seen from outside, as soon as the room is furnished. The descriptor keeps it after everything inside is dead.
 */
async function openOut({ pid }: Process, bytes: number, ended: Promise<void>): Promise<number | null> {
  let over = false;
  ended.then(() => {
    over = true;
  });
  const path = `/proc/${pid}/root/out`;
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
