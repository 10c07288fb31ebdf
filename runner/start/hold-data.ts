import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../errors.ts';
import { dataPath } from '../host/places.ts';

const settleMs = 100;

/**
 * One `npm start` for one data folder, also of two that begin at the same moment. A folder whose holder was killed is
 * taken over, also after a restart of the machine. It is given back when this process ends.
 */
export async function holdData(): Promise<void> {
  const file = dataPath('start.pid');
  const mine = `${process.pid}\n`;
  mkdirSync(dataPath(), { recursive: true });
  for (let held = ''; held !== mine; held = read(file)) {
    take(file, mine);
    await sleep(settleMs); // another one may have met the same dead holder, and taken this for its file
  }
  process.once('exit', () => {
    if (read(file) === mine) rmSync(file, { force: true });
  });
}

/** Throws UsageError where a living process holds it. */
function take(file: string, mine: string): void {
  const written = `${file}.${process.pid}`;
  writeFileSync(written, mine);
  try {
    linkSync(written, file); // made with its content, or not at all
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const holder = read(file).trim();
    if (holder && isOurs(holder))
      throw new UsageError(
        `${dataPath()} is in use by another npm start, process ${holder}; ANTIDOTE_DATA names another folder.`,
      );
    rmSync(file, { force: true });
  } finally {
    rmSync(written, { force: true });
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Whether a process of that number runs this program; a number comes back after a while. */
function isOurs(pid: string): boolean {
  try {
    return Number(pid) !== process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('antidote');
  } catch {
    return false;
  }
}
