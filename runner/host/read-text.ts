import { readFile } from 'node:fs/promises';
import { UsageError } from '../errors.ts';

/** A file that the caller named. Throws UsageError with its name. */
export async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const reason =
      error.code === 'ENOENT' ? 'there is no such file' : error.code === 'EISDIR' ? 'it is a folder' : error.message;
    throw new UsageError(`Can't read ${path}: ${reason}.`);
  });
}
