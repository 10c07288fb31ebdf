import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Says whose a thing outside this process is: this process in this pid namespace, so that a later one can clear away what a killed one left. */
export const ownerMark = () => `antidote-${pidNamespace()}-${process.pid}-`;

/** Whether a thing marked so was left by a process that is dead. False for one of another pid namespace, of which nothing is known. */
export function isOrphan(name: string): boolean {
  const [, namespace, pid] = /^antidote-(\d+)-(\d+)-/.exec(name) ?? [];
  return namespace === pidNamespace() && !existsSync(`/proc/${pid}`);
}

const pidNamespace = () => (process.platform === 'linux' ? readlinkSync('/proc/self/ns/pid').replace(/\D/g, '') : '0');

let swept = false;

/** Calls with a fresh folder, which is gone afterwards, whatever happened. */
export async function withScratch<T>(use: (folder: string) => Promise<T>): Promise<T> {
  if (!swept && process.platform === 'linux')
    for (const name of readdirSync(tmpdir())) if (isOrphan(name)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  swept = true;
  const folder = mkdtempSync(join(tmpdir(), ownerMark()));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
