import { statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { trialsOf } from '../../lib/contract/suite.ts';
import { bytesToWrite, checkFolder, exportJobs } from '../craft/export-jobs.ts';
import { prepareSuite } from '../craft/prepare-suite.ts';
import { dirsIn } from '../craft/trial-data.ts';
import { HarnessFault } from '../errors.ts';
import { dataPath } from '../host/places.ts';
import { interrupted, saysWhenInterrupted } from '../terminal/interrupt.ts';
import { progressOf } from '../terminal/progress.ts';
import { tell } from '../terminal/tell.ts';
import { chosenScenarios, chosenSeeds } from './chosen-trials.ts';
import { knownSuite } from './known-suite.ts';

type Options = { out: string; seeds?: number; scenario: string[]; withTruth?: boolean };

/** Writes the job folders of a suite, for defenses that are run without Node. */
export async function suiteExportJobs(id: string, options: Options): Promise<number> {
  const suite = knownSuite(id);
  const trials = trialsOf(suite, chosenSeeds(suite, options.seeds), chosenScenarios(suite, options.scenario));
  const { out, withTruth: truth = false } = options;
  const wanted = { suite, trials, truth, out: resolve(out) };
  await checkFolder(wanted);
  saysWhenInterrupted(`Stopped; what is whole is kept in ${out}, and the same command goes on from there.`);
  const preparing = progressOf(`suite ${id}`);
  await prepareSuite(suite, preparing.tell, interrupted);
  preparing.end();
  const progress = progressOf(`jobs of ${id}`);
  const dirs = dirsIn(dataPath());
  const bytes = await bytesToWrite(wanted, dirs);
  const room = roomAt(wanted.out);
  const sizes = truth ? `${inMb(bytes.jobs)}, and at most ${inMb(bytes.truth)} of truth` : inMb(bytes.jobs);
  progress.say(`${trials.length} trials of ${id}: ${sizes} to write in ${out}; the disk has room for ${inMb(room)}.`);
  if (bytes.jobs + bytes.truth > room)
    throw new HarnessFault('The disk has too little room; --seeds and --scenario take fewer trials.');
  await exportJobs(wanted, dirs, progress.update, interrupted);
  progress.end();
  tell(`${trials.length} jobs${truth ? ' and their truth' : ''} in ${out}`);
  return 0;
}

/** Bytes that may be written there, or where the folder is going to be. */
function roomAt(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error;
    return roomAt(dirname(folder));
  }
}

const inMb = (bytes: number) => `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`;
