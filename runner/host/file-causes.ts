import type { Stats } from 'node:fs';
import { plainLine } from '../plain-text.ts';

/** What the system's word for a refused file means. */
export const causes: Readonly<Record<string, string>> = {
  EROFS: 'its file system is read-only',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  ENOSPC: 'its disk is full',
  EDQUOT: 'its quota is used up',
  EIO: 'its disk fails',
  ENOENT: 'it is not there, or the folder that it goes into is not',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  EEXIST: 'something is there already',
  ENOTEMPTY: 'it is a folder that is not empty',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'it is a link that leads to itself',
};

/** The same of an error; its own words where the code is none of these. */
export const causeOf = ({ code, message }: NodeJS.ErrnoException) => causes[code ?? ''] ?? message;

/** A path as people may see it: one line, and its end where it is long. */
export const shownPath = (path: string) => plainLine(path.length > 200 ? `…${path.slice(-199)}` : path);

/** What it is, where it is neither a file nor a folder. */
export const kindOf = (there: Stats) =>
  there.isFIFO()
    ? 'named pipe'
    : there.isSocket()
      ? 'socket'
      : there.isCharacterDevice() || there.isBlockDevice()
        ? 'device'
        : null;
