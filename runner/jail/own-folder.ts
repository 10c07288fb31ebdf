import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from '../host/scratch.ts';
import type { OpenJail } from './jail.ts';

/** A room over an empty job folder, in a folder of its own that goes when it is closed, or could not be had. */
export async function inOwnFolder(
  furnish: (folder: string, job: string) => Promise<Omit<OpenJail, 'job'>>,
): Promise<OpenJail> {
  const { path, remove } = scratchFolder();
  const job = join(path, 'job');
  try {
    mkdirSync(job);
    const { run, close } = await furnish(path, job);
    return { job, run, close: () => close().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}
