import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { UsageError } from '../errors.ts';
import { dataPath } from '../host/places.ts';

/**
 * One `npm start` for one data folder. A folder whose holder was killed is taken over, also after a restart of the
 * machine.
 */
export function holdData(): void {
  const file = dataPath('start.pid');
  const holder = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  if (holder && isOurs(holder))
    throw new UsageError(
      `${dataPath()} is in use by another npm start, process ${holder}; ANTIDOTE_DATA names another folder.`,
    );
  mkdirSync(dataPath(), { recursive: true });
  writeFileSync(file, `${process.pid}\n`);
  process.once('exit', () => rmSync(file, { force: true }));
}

/** Whether a process of that number runs this program; a number comes back after a while. */
function isOurs(pid: string): boolean {
  try {
    return Number(pid) !== process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('antidote');
  } catch {
    return false;
  }
}
