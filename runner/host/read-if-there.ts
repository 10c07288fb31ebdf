import { readFile } from 'node:fs/promises';

/**
 * A file that is made where there is none: null then, also where what should be its folder is none. Any other trouble
 * is thrown, with the file's path: what can't be read would else be taken for nothing, and replaced.
 */
export const readIfThere = (path: string): Promise<string | null> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw Object.assign(error, { path }); // of a folder Node names none
  });
