import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { DefenseFailed } from '../errors.ts';

/** A guest's own account of why there are no weights; no more than a word and a sentence. */
export const failureFile = 'failure.json';
/** The weights that a filter's rows were trained with. */
export const rowWeightsFile = 'row-weights.npy';
/** The weights after each epoch, where the task asks for them. */
export const epochsFolder = 'epochs';
/** From 1. */
export const epochFile = (epoch: number) => `${epochsFolder}/${String(epoch).padStart(3, '0')}.safetensors`;
const plainNames = ['weights.safetensors', rowWeightsFile, failureFile];
const failureByteLimit = 65_536;

/**
 * The files of a dead guest's /out: `weights.safetensors`, or `members/NNN.safetensors`, or `failure.json`;
 * `row-weights.npy`; `epochs/NNN.safetensors`. Other names are not looked at. Nothing is followed: a link of either
 * kind, a pipe, a device or a folder in a file's place is refused, and so are more than `limit` bytes by the files' own
 * account, before the first one is read.
 */
export function readOut(folder: string, limit: number): Map<string, Uint8Array> {
  const names = readdirSync(folder).filter((name) => plainNames.includes(name));
  const found = [...names, ...numberedIn(folder, 'members'), ...numberedIn(folder, epochsFolder)];
  const opened = new Map<string, number>();
  try {
    let total = 0;
    for (const name of found) {
      const file = openPlain(join(folder, name), name);
      opened.set(name, file);
      const { size } = fstatSync(file);
      total += size;
      if (total > limit || (name === failureFile && size > failureByteLimit))
        throw new DefenseFailed('too-large', `What the module left in /out is too large.`);
    }
    return new Map([...opened].map(([name, file]) => [name, contentOf(file)]));
  } finally {
    for (const file of opened.values()) closeSync(file);
  }
}

function numberedIn(out: string, folder: string): string[] {
  const path = join(out, folder);
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) throw refused(folder);
  return namesIn(path, folder)
    .filter((name) => /^\d{3}\.safetensors$/.test(name))
    .sort()
    .map((name) => `${folder}/${name}`);
}

/** A guest can make a folder that nobody but root may list. */
function namesIn(path: string, folder: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    throw new DefenseFailed('bad-output', `${folder} in /out cannot be listed.`);
  }
}

const refused = (name: string) => new DefenseFailed('bad-output', `${name} in /out is no plain file.`);

/** O_NONBLOCK so that a pipe does not make us wait for its other end. */
function openPlain(path: string, name: string): number {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    throw refused(name);
  }
  const stat = fstatSync(file);
  if (stat.isFile() && stat.nlink === 1) return file;
  closeSync(file);
  throw refused(name);
}

function contentOf(file: number): Uint8Array {
  const bytes = new Uint8Array(fstatSync(file).size);
  let at = 0;
  for (let read = -1; read !== 0 && at < bytes.length; at += read)
    read = readSync(file, bytes, at, bytes.length - at, at);
  return bytes.subarray(0, at);
}
