import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { addressFile, begunFile, begunHere, holderFile, otherHolder } from '../client/data-holder.ts';
import { UsageError } from '../errors.ts';
import { dataPath } from '../host/places.ts';
import { replaceFile } from '../host/replace-file.ts';
import { textOf } from '../host/text-of.ts';

const settleMs = 100;

/**
 * One `npm start` for one data folder, also of two that begin at the same moment. A folder whose holder was killed is
 * taken over, also after a restart of the machine. It is given back when this process ends.
 */
export async function holdData(): Promise<void> {
  const file = holderFile();
  const mine = `${process.pid}\n`;
  mkdirSync(dataPath(), { recursive: true });
  for (let held = ''; held !== mine; held = textOf(file)) {
    take(file, mine);
    await sleep(settleMs); // another one may have met the same dead holder, and taken this for its file
  }
  rmSync(addressFile(), { force: true }); // of a holder that was killed
  await replaceFile(begunFile(), `${begunHere()}\n`);
  process.once('exit', () => {
    if (textOf(file) === mine) for (const own of [addressFile(), begunFile(), file]) rmSync(own, { force: true });
  });
}

/** Tells the commands that read this data folder where its site answers. By the process that holds the folder. */
export const tellAddress = (origin: string): Promise<void> => replaceFile(addressFile(), `${origin}\n`);

/** Throws UsageError where a living process holds it. */
function take(file: string, mine: string): void {
  const written = `${file}.${process.pid}`;
  writeFileSync(written, mine);
  try {
    linkSync(written, file); // made with its content, or not at all
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const holder = otherHolder();
    if (holder)
      throw new UsageError(
        `${dataPath()} is in use by another npm start, process ${holder}; ANTIDOTE_DATA names another folder.`,
      );
    rmSync(file, { force: true });
  } finally {
    rmSync(written, { force: true });
  }
}
