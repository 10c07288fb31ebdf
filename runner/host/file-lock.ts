import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isOrphan, ownerMark } from './scratch.ts';

const pollMs = 100;
const signOfLifeMs = 1000;
/**
 * An owner that gave no sign of life for so long is dead, if it lived in another pid namespace, of which nothing is
 * known.
 */
const deadMs = 30_000;
/** One whose process is there may be busy for longer; or its number was given to another process. */
const deafMs = 600_000;

/** Holds a file that names its owner while `use` runs; one whose owner is dead is taken over. */
export async function withLock<T>(file: string, signal: AbortSignal | undefined, use: () => Promise<T>): Promise<T> {
  const mark = ownerMark();
  while (!take(file, mark)) await sleep(pollMs, undefined, { signal });
  const alive = setInterval(() => touch(file), signOfLifeMs).unref();
  try {
    return await use();
  } finally {
    clearInterval(alive);
    rmSync(file, { force: true });
  }
}

function take(file: string, mark: string): boolean {
  try {
    writeFileSync(file, mark, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  try {
    const owner = readFileSync(file, 'utf8');
    const isNeighbor = owner.startsWith(mark.replace(/\d+-$/, ''));
    if (isOrphan(owner) || Date.now() - statSync(file).mtimeMs > (isNeighbor ? deafMs : deadMs)) rmSync(file);
  } catch {
    // Given back in between.
  }
  return false;
}

function touch(file: string): void {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Taken away; whoever did so holds it now.
  }
}
