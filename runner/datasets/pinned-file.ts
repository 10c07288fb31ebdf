import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { hexSha256 } from '../host/sha256.ts';
import type { DataFile } from './dataset.ts';

/** Why these bytes are not that file, in words, or null. */
export function defectOf(file: DataFile, bytes: Uint8Array): string | null {
  if (file.sha256 === null)
    return bytes.length > file.bytes ? `more than ${file.bytes.toLocaleString('en-US')} bytes` : file.defect(bytes);
  if (bytes.length !== file.bytes)
    return `${bytes.length.toLocaleString('en-US')} bytes, want ${file.bytes.toLocaleString('en-US')}`;
  const sha256 = hexSha256(bytes);
  return sha256 === file.sha256 ? null : `sha256 ${sha256}, want ${file.sha256}`;
}

/**
 * The pinned file out of a gzip stream that may be torn, or hold anything. Throws RangeError saying what is wrong;
 * never unpacks more than the pinned length.
 */
export function unpacked(file: DataFile, gzipped: Uint8Array): Buffer {
  let bytes: Buffer;
  try {
    bytes = gunzipSync(gzipped, { maxOutputLength: file.bytes + 1 });
  } catch (error) {
    throw new RangeError(`not the gzip file that it should be (${(error as Error).message})`);
  }
  const defect = defectOf(file, bytes);
  if (defect) throw new RangeError(defect);
  return bytes;
}

/** Whether the unpacked file is in the folder, whole and as pinned. */
export async function hasPinned(folder: string, file: DataFile): Promise<boolean> {
  const bytes = await readIfThere(join(folder, file.name));
  return bytes !== null && defectOf(file, bytes) === null;
}

/**
 * The pinned file in a folder, plain or gzipped; null where it is not there. Throws RangeError naming the file that is
 * there and wrong.
 */
export async function findPinned(folder: string, file: DataFile): Promise<Buffer | null> {
  const path = join(folder, file.name);
  const plain = await readIfThere(path);
  if (plain) {
    const defect = defectOf(file, plain);
    if (defect) throw new RangeError(`${path}: ${defect}`);
    return plain;
  }
  const gzipped = await readIfThere(`${path}.gz`);
  if (!gzipped) return null;
  try {
    return unpacked(file, gzipped);
  } catch (error) {
    throw new RangeError(`${path}.gz: ${(error as Error).message}`);
  }
}

/** Writes to a temporary name beside the file, then renames: the name never stands for half a file. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.${randomUUID()}.part`;
  try {
    await writeFile(part, bytes);
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
}

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
