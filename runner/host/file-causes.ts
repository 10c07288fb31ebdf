import type { Stats } from 'node:fs';
import { causes } from '../../lib/catalog/file-causes.ts';
import { plainLine } from '../plain-text.ts';

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
