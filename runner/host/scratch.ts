import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Says whose a thing outside this process is: this process in this pid namespace, so that a later one can clear away
 * what a killed one left.
 */
export const ownerMark = () => `antidote-${pidNamespace()}-${process.pid}-`;

/**
 * Whether a thing marked so was left by a process that is dead. False for one of another pid namespace, of which
 * nothing is known.
 */
export function isOrphan(name: string): boolean {
  const [, namespace, pid] = /^antidote-(\d+)-(\d+)-/.exec(name) ?? [];
  return namespace === pidNamespace() && !existsSync(`/proc/${pid}`);
}

const pidNamespace = () => (process.platform === 'linux' ? readlinkSync('/proc/self/ns/pid').replace(/\D/g, '') : '0');

let swept = false;

/** A fresh folder. Whoever asks for it removes it; where that process is killed, a later one does. */
export function scratchFolder(): { readonly path: string; remove(): void } {
  if (!swept && process.platform === 'linux')
    for (const name of readdirSync(tmpdir()))
      if (isOrphan(name)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  swept = true;
  const path = mkdtempSync(join(tmpdir(), ownerMark()));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Calls with a fresh folder, which is gone afterwards, whatever happened. */
export async function withScratch<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const { path, remove } = scratchFolder();
  try {
    return await use(path);
  } finally {
    remove();
  }
}
