import { accessSync, constants, existsSync, mkdtempSync, rmdirSync, type Stats, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { causes } from '../../lib/catalog/file-causes.ts';
import { UsageError } from '../errors.ts';
import { causeOf, kindOf, shownPath } from './file-causes.ts';

/**
 * Throws UsageError where a file of that name could not be written: asked before the work, which may take hours, and
 * not after it. `what` is the option that names it, or another word for it; `inputs` are the files that the work reads.
 */
export function requireFile(what: string, path: string, inputs: readonly string[] = []): void {
  const there = entryAt(what, path);
  const input = there && inputs.find((file) => existsSync(file) && isSame(there, statSync(file)));
  if (input) throw refused(what, path, `it is ${shownPath(input)} itself, which is read here`);
  if (there?.isDirectory()) throw refused(what, path, causes.EISDIR!);
  if (there) requireWritable(what, path);
  else requireRoom(what, path, folderOf(what, path));
}

function folderOf(what: string, path: string): string {
  const folder = dirname(resolve(path));
  const there = entryAt(what, folder);
  if (!there) throw refused(what, path, 'the folder that it goes into is not there');
  if (!there.isDirectory()) throw refused(what, path, causes.ENOTDIR!);
  return folder;
}

/** The same of a file that shall take no other's place. */
export function requireNewFile(what: string, path: string): void {
  requireFile(what, path);
  if (entryAt(what, path)) throw refused(what, path, causes.EEXIST!);
}

/** The same of a folder, which is made, with those above it, where it is not there. */
export function requireFolder(what: string, path: string): void {
  let at = resolve(path);
  while (!entryAt(what, at) && dirname(at) !== at) at = dirname(at);
  const there = entryAt(what, at);
  if (!there?.isDirectory())
    throw refused(
      what,
      path,
      there && at === resolve(path) ? `it is a ${kindOf(there) ?? 'file'}, not a folder` : causes.ENOTDIR!,
    );
  requireRoom(what, path, at);
}

function requireWritable(what: string, path: string): void {
  try {
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw refused(what, path, causeOf(error as NodeJS.ErrnoException));
  }
}

/**
 * By making something in the folder and taking it away. The system calls folders of /proc writable in which nothing can
 * be made; to make folders within folders there, Node would try for ever.
 */
function requireRoom(what: string, path: string, folder: string): void {
  try {
    rmdirSync(mkdtempSync(join(folder, '.antidote-')));
  } catch (error) {
    const lost = error as NodeJS.ErrnoException;
    throw refused(what, path, lost.code === 'ENOENT' ? 'nothing can be made there' : causeOf(lost));
  }
}

function entryAt(what: string, path: string) {
  try {
    return statSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || (code === 'ENOTDIR' && dirname(path) !== path)) return undefined;
    throw refused(what, path, causeOf(error as NodeJS.ErrnoException));
  }
}

/** Also by another name or a link. */
const isSame = (there: Stats, file: Stats) => file.isFile() && there.dev === file.dev && there.ino === file.ino;

const refused = (what: string, path: string, reason: string) =>
  new UsageError(`Can't write ${what} ${shownPath(path)}: ${reason}; name another.`);
