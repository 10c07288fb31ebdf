import { existsSync, rmSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { tellParent } from '../host/to-parent.ts';

const mark = '.building-';

/**
 * Fills a folder beside the wanted one and renames it into place when it is whole: the name never stands for half a
 * folder. What was there is replaced. Where `fill` throws nothing is left; what a killed process left behind is swept
 * by the next one.
 */
export async function fillWhole(folder: string, fill: (staging: string) => Promise<void>): Promise<void> {
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  await sweep(parent, basename(folder));
  const staging = `${folder}${mark}${process.pid}`;
  await rm(staging, { recursive: true, force: true });
  tellParent({ leaves: staging });
  await mkdir(staging);
  const discard = () => rmSync(staging, { recursive: true, force: true });
  process.once('exit', discard); // Ctrl-C waits for no long computation, and then nothing else is called
  try {
    await fill(staging);
    await replace(folder, staging);
  } catch (error) {
    throw placed(error, folder);
  } finally {
    process.off('exit', discard);
    await rm(staging, { recursive: true, force: true });
    tellParent({ cleared: staging });
  }
}

/** A full disk is told without a path, and whoever reads of it should know which. */
function placed(error: unknown, folder: string): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  return (code === 'ENOSPC' || code === 'EDQUOT') && path === undefined
    ? Object.assign(error as Error, { path: folder })
    : error;
}

/** A folder can't be renamed onto one that is not empty: the old one steps aside first. */
async function replace(folder: string, staging: string): Promise<void> {
  const old = `${staging}-old`;
  if (existsSync(folder)) await rename(folder, old);
  await rename(staging, folder);
  await rm(old, { recursive: true, force: true });
}

async function sweep(parent: string, name: string): Promise<void> {
  for (const entry of await readdir(parent)) {
    const pid = entry.startsWith(`${name}${mark}`) ? Number.parseInt(entry.slice(name.length + mark.length), 10) : null;
    if (pid && !isAlive(pid)) await rm(join(parent, entry), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
