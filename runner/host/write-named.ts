import { constants } from 'node:fs';
import { access, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { replaceFile } from './replace-file.ts';

/** The folder takes no new file, or the file is one that something is mounted on. */
const inPlace = new Set(['EACCES', 'EPERM', 'EROFS', 'EBUSY']);

/** What another program handed over stays the file that it is, also where it is a regular one. */
const isDescriptor = (path: string) => /^\/(dev\/(fd\/|std)|proc\/)/.test(resolve(path));

/**
 * Writes a file that the caller named, whole or not at all where its folder allows that, with the mode that it had. A
 * pipe or a device is written as it is.
 */
export async function writeNamed(path: string, text: string): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (isDescriptor(path) || (there && !there.isFile())) return writeFile(path, text);
  if (there) await access(path, constants.W_OK); // a folder would let it be replaced all the same
  try {
    await replaceFile(path, text, there && there.mode & 0o7777);
  } catch (error) {
    if (!there || !inPlace.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    await writeFile(path, text);
  }
}
