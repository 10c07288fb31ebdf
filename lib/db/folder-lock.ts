import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import 'server-only';

/** Who holds the folder. A process id comes back after a while; with the time the process started it does not. */
type Holder = { pid: number; started: string };

const settleMs = 100;

/**
 * Holds the folder for this process until it ends, with `db.lock`: one database process at a time. A holder that has
 * died, even by SIGKILL, is succeeded at once. Throws an error naming the process that holds it. PGlite itself opens a
 * folder twice without complaint, and loses rows.
 */
export async function holdFolder(folder: string): Promise<{ release(): void }> {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'db.lock');
  const mine = JSON.stringify({ pid: process.pid, started: startOf(process.pid) } satisfies Holder);
  const written = `${lock}.${process.pid}`;
  writeFileSync(written, mine);
  try {
    await take(lock, written, mine, folder);
  } finally {
    rmSync(written, { force: true });
  }
  const release = () => {
    if (textOf(lock) === mine) rmSync(lock, { force: true });
  };
  process.once('exit', release);
  return { release };
}

async function take(lock: string, written: string, mine: string, folder: string): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      linkSync(written, lock); // made with its content, or not at all
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const text = textOf(lock);
      const holder = holderIn(text);
      if (holder && isAlive(holder))
        throw new Error(`The database in ${folder} is in use by process ${holder.pid}; end that one first.`);
      if (textOf(lock) === text) rmSync(lock, { force: true });
      continue;
    }
    await new Promise((done) => setTimeout(done, settleMs)); // another one may have found the same dead holder, and removed what it took for its lock
    if (textOf(lock) === mine) return;
  }
  throw new Error(`The lock ${lock} could not be taken: others keep taking it.`);
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function holderIn(text: string | null): Holder | null {
  try {
    const { pid, started } = JSON.parse(text ?? '');
    return Number.isInteger(pid) && typeof started === 'string' ? { pid, started } : null;
  } catch {
    return null;
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' && startOf(pid) === started;
  }
  return startOf(pid) === started;
}

/**
 * Field 22 of /proc/<pid>/stat, ticks since boot, with the boot's id; empty where there is no /proc, so that the
 * process id alone decides.
 */
function startOf(pid: number): string {
  const stat = textOf(`/proc/${pid}/stat`);
  const boot = textOf('/proc/sys/kernel/random/boot_id');
  return stat ? `${boot?.trim()} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}` : '';
}
