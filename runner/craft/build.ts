import { existsSync } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { encodeExamples, examplesPath } from '../../lib/contract/poison-examples.ts';
import { type Suite, specOf, trialsOf } from '../../lib/contract/suite.ts';
import type { Split } from '../datasets/dataset.ts';
import { readDataset } from '../datasets/index.ts';
import { HarnessFault } from '../errors.ts';
import { withLock } from '../host/file-lock.ts';
import { tellParent } from '../host/to-parent.ts';
import { givenOf } from './base.ts';
import { basePath, encodeBase } from './base-file.ts';
import { cellPath, encodeCell } from './cell.ts';
import { type AttackCalled, craft } from './craft.ts';
import { croissant } from './croissant.ts';
import { datasheet } from './datasheet.ts';
import { describeSuite } from './description.ts';
import { examplesOf, isShown } from './examples.ts';
import { licenseText } from './license.ts';
import { filesOf, readManifest, writeManifest } from './manifest.ts';
import { PoisonTables } from './poison-table.ts';
import { readme } from './readme.ts';
import { settingOf } from './setting.ts';
import { fillWhole } from './staging.ts';
import { requireReplaceable } from './suite-folder.ts';

/** How much is done, from 0 to 1, and what is being done. */
export type Progress = (fraction: number, what: string) => void;

/**
 * Builds the suite into the folder, the same bytes on every machine, and returns its digest. The folder appears whole
 * or not at all; a suite that was there is replaced. Crafting uses no engine. Throws the signal's reason where it is
 * aborted.
 */
export async function craftSuite(
  suite: Suite,
  folder: string,
  datasets: string,
  progress: Progress,
  signal?: AbortSignal,
  attackCalled?: AttackCalled,
): Promise<string> {
  let digest = '';
  await requireReplaceable(folder, suite.id);
  await fillWhole(folder, async (staging) => {
    digest = await craftInto(staging, suite, datasets, progress, signal, attackCalled);
  });
  return digest;
}

/**
 * A suite whose digest is known; one that is there already is left as it is, and one that another process is building
 * is waited for. Throws HarnessFault, and keeps nothing, if what was built is not what was published.
 */
export async function buildSuite(
  suite: Suite,
  folder: string,
  datasets: string,
  progress: Progress,
  signal?: AbortSignal,
  attackCalled?: AttackCalled,
): Promise<void> {
  if (await isBuilt(suite, folder)) return progress(1, `${suite.id} is there`);
  await requireReplaceable(folder, suite.id);
  await mkdir(dirname(folder), { recursive: true });
  const lock = `${folder}.lock`;
  if (existsSync(lock)) progress(0, `waiting for ${suite.id}, which another process builds`);
  tellParent({ locks: lock });
  await withLock(lock, signal, async () => {
    if (await isBuilt(suite, folder)) return progress(1, `${suite.id} is there`);
    await buildWhole(suite, folder, datasets, progress, signal, attackCalled);
  });
}

async function buildWhole(
  suite: Suite,
  folder: string,
  datasets: string,
  progress: Progress,
  signal?: AbortSignal,
  attackCalled?: AttackCalled,
): Promise<void> {
  await fillWhole(folder, async (staging) => {
    const digest = await craftInto(staging, suite, datasets, progress, signal, attackCalled);
    if (digest !== suite.digest)
      throw new HarnessFault(
        `Suite ${suite.id} as built here has digest ${digest}, published is ${suite.digest}; please report this with the output of 'npx antidote doctor'.`,
      );
  });
}

/** Makes sure of the suite in `<dataDir>/suites/<id>`. Its data sets must be there already. */
export const ensureSuite = (suite: Suite, dataDir: string, progress: Progress, signal?: AbortSignal): Promise<void> =>
  buildSuite(suite, join(dataDir, 'suites', suite.id), join(dataDir, 'datasets'), progress, signal);

/**
 * Whether the folder holds the suite by its manifest, with files of the right lengths; their bytes are checked when
 * they are read.
 */
export async function isBuilt(suite: Suite, folder: string): Promise<boolean> {
  const found = await readManifest(folder).catch(() => null);
  if (found?.digest !== suite.digest) return false;
  const whole = await Promise.all(
    found.manifest.files.map(
      async ({ path, bytes }) => (await stat(join(folder, path)).catch(() => null))?.size === bytes,
    ),
  );
  return whole.every(Boolean);
}

async function craftInto(
  folder: string,
  suite: Suite,
  datasets: string,
  progress: Progress,
  signal?: AbortSignal,
  attackCalled?: AttackCalled,
): Promise<string> {
  const write = async (path: string, content: string | Uint8Array) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
    return path;
  };
  const paths = [await write('suite.json', `${JSON.stringify(describeSuite(suite), null, 2)}\n`)];
  if (!suite.private)
    paths.push(
      await write('README.md', readme(suite)),
      await write('DATASHEET.md', datasheet(suite)),
      await write('LICENSE', licenseText(suite)),
    );
  const tables = new PoisonTables();
  const sets = new Map<string, Split>();
  const trials = trialsOf(suite).filter((trial) => specOf(suite, trial).attack);
  for (const [done, trial] of trials.entries()) {
    progress(done / trials.length, `crafting ${trial.scenario} at ${trial.budget}, seed ${trial.seed}`);
    await new Promise(setImmediate); // lets a signal through
    signal?.throwIfAborted();
    const spec = specOf(suite, trial);
    const { dataset, attack } = spec;
    const split = sets.get(dataset) ?? (await readDataset(dataset, datasets));
    sets.set(dataset, split);
    const poison = await craft(suite, trial, split, attackCalled);
    const given = givenOf(split, settingOf(suite, spec));
    if (given.drawn && !paths.includes(basePath(spec)))
      paths.push(await write(basePath(spec), encodeBase(given.drawn.rows)));
    paths.push(await write(cellPath(trial), encodeCell(poison, given)));
    tables.add(trial, poison);
    if (isShown(suite, attack!, trial))
      paths.push(await write(examplesPath(trial.scenario), encodeExamples(examplesOf(poison, given))));
  }
  for (const { path, content } of tables.files()) paths.push(await write(path, content));
  if (!suite.private)
    paths.push(
      await write('croissant.json', `${JSON.stringify(croissant(suite, await filesOf(folder, paths)), null, 2)}\n`),
    ); // the last: it lists the others
  progress(1, `crafted ${suite.id}`);
  return writeManifest(folder, suite.id, paths);
}
