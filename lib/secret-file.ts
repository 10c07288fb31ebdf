import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import 'server-only';

/**
 * The secret in the file, made (mode 0600) if there is none. Two processes that make it at once end up with the same
 * one.
 */
export function secretIn(path: string): string {
  const there = readSecret(path);
  if (there) return there;
  mkdirSync(dirname(path), { recursive: true });
  const written = `${path}.${process.pid}`;
  writeFileSync(written, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  try {
    linkSync(written, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(written);
  }
  return readSecret(path)!;
}

/** Null where there is no such file, or nothing in it. */
export function readSecret(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim() || null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return null;
  }
}
