import { existsSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { coreRecipe } from '../../lib/catalog/recipes.ts';
import { type Suite, specOf, type Trial, type TrialSpec } from '../../lib/contract/suite.ts';
import { countedCells } from '../../lib/scoring/cells.ts';
import { referenceOf } from '../../lib/scoring/references.ts';
import { rowSize } from '../datasets/rows.ts';
import { UsageError } from '../errors.ts';
import { requireFolder } from '../host/destination.ts';
import { harness } from '../host/harness.ts';
import { jobFolderOf } from '../jail/job-folder.ts';
import { writeNpy } from '../jail/npy.ts';
import { modelCard } from '../train/models/index.ts';
import type { Progress } from './build.ts';
import { settingOf } from './setting.ts';
import { fillWhole } from './staging.ts';
import { trainingStreams } from './streams.ts';
import { type DataDirs, type TrialData, trialData } from './trial-data.ts';

/** Trials of a suite as folders for who has no Node; runner/python/README.md describes them. */
export type Export = {
  readonly suite: Suite;
  readonly trials: readonly Trial[];
  /** Whether test rows and reference are wanted too. */
  readonly truth: boolean;
  readonly out: string;
};

/** A trial's name in an export. The job folder of that name tells nothing of it. */
export const jobName = ({ scenario, budget, seed }: Trial) =>
  `${scenario}${budget === 0 ? '' : `_${budget}`}_seed-${seed}`;

const testName = ({ dataset, seed }: TrialSpec) => `${dataset}_seed-${seed}`;

/** The file `export.json`: it is the same whenever the same is exported. */
function contentOf({ suite, trials }: Export): string {
  const jobs = trials.map((trial) => {
    const { dataset, model, attack } = specOf(suite, trial);
    return { job: jobName(trial), ...trial, dataset, model, family: attack?.family ?? null };
  });
  const { id, digest } = suite;
  return `${JSON.stringify({ format: 'antidote-export-1', suite: { id, digest }, harness: harness(), jobs }, null, 1)}\n`;
}

/** Throws UsageError unless the folder is new, empty, or holds the same export, which may be broken off. */
export async function checkFolder(wanted: Export): Promise<void> {
  const { out } = wanted;
  requireFolder('--out', out);
  const entries = existsSync(out) ? await readdir(out) : [];
  if (entries.length === 0) return;
  const there = await readFile(join(out, 'export.json'), 'utf8').catch(() => null);
  if (there === null) throw new UsageError(`--out ${out}: it is not empty and holds no export; name a new folder.`);
  if (there !== contentOf(wanted))
    throw new UsageError(
      `--out ${out}: it holds another export, of other trials or by another version; name a new folder.`,
    );
}

/** Bytes that are still to be written, at most: of job folders, and of the truth. */
export async function bytesToWrite(
  { suite, trials, truth, out }: Export,
  dirs: DataDirs,
): Promise<{ jobs: number; truth: number }> {
  const sizes = new Map<string, { train: number; test: number }>();
  const bytes = { jobs: 0, truth: 0 };
  const tests = new Set<string>();
  for (const trial of trials.map((one) => specOf(suite, one))) {
    if (!sizes.has(trial.dataset)) {
      const { train, test } = await trialData(suite, trial, dirs);
      const of = (rows: TrialData['test']) => rows.n * (rowSize(rows) + Int32Array.BYTES_PER_ELEMENT);
      sizes.set(trial.dataset, { train: of(train), test: of(test) });
    }
    const { train, test } = sizes.get(trial.dataset)!;
    const name = jobName(trial);
    if (!existsSync(join(out, 'jobs', name))) bytes.jobs += train;
    if (!truth) continue;
    if (!existsSync(join(out, 'truth', name))) bytes.truth += trial.attack ? test : 0;
    if (!existsSync(join(out, 'truth', testName(trial))) && !tests.has(testName(trial))) bytes.truth += test;
    tests.add(testName(trial));
  }
  return bytes;
}

/**
 * Writes what is not there yet. A folder appears when it is whole, so that a later call goes on from where one was
 * broken off. Throws the signal's reason where it is aborted.
 */
export async function exportJobs(
  wanted: Export,
  dirs: DataDirs,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const { suite, trials, truth, out } = wanted;
  await mkdir(join(out, 'streams'), { recursive: true });
  writeFileSync(join(out, 'export.json'), contentOf(wanted));
  writeFileSync(join(out, 'README.txt'), readme(suite));
  const missing = (...path: string[]) => !existsSync(join(out, ...path));
  for (const [at, trial] of trials.map((one) => specOf(suite, one)).entries()) {
    signal.throwIfAborted();
    const name = jobName(trial);
    progress(at / trials.length, name);
    const streams = trainingStreams({ ...settingOf(suite, trial), model: trial.model });
    writeFileSync(join(out, 'streams', `${name}.json`), `${JSON.stringify({ streams })}\n`);
    const wants = [
      ['jobs', name, writeJob],
      ...(truth ? ([['truth', testName(trial), writeTest]] as const) : []),
      ...(truth ? ([['truth', name, writeTruth]] as const) : []),
    ] as const;
    const left = wants.filter(([kind, folder]) => missing(kind, folder));
    if (left.length === 0) continue;
    const data = await trialData(suite, trial, dirs);
    for (const [kind, folder, write] of left)
      await fillWhole(join(out, kind, folder), async (staging) => write(staging, data, trial));
  }
  if (truth) writeFileSync(join(out, 'truth', 'reference.json'), `${JSON.stringify(referenceFor(wanted))}\n`);
  progress(1, 'done');
}

/** What a guest is given, but for the module and its kind, which are one's own. */
function writeJob(folder: string, { train }: TrialData, { dataset, model }: TrialSpec): void {
  const card = modelCard(model, train.shape, train.classes, coreRecipe(dataset));
  const defense = { code: '', language: 'python' } as const;
  const { kind: _, ...task } = jobFolderOf({ model: card, train, kind: 'train', defense, epochs: false }).task;
  writeFileSync(join(folder, 'task.json'), JSON.stringify(task));
  writeRows(folder, '', train);
}

const writeTest = (folder: string, { test }: TrialData): void => writeRows(folder, '', test);

/** The attacked rows with their true labels, what the attacker wants them to be called, and which rows are poison. */
function writeTruth(folder: string, { attacked, isPoison, test }: TrialData, trial: TrialSpec): void {
  const put = (name: string, array: Parameters<typeof writeNpy>[0]) =>
    writeFileSync(join(folder, name), writeNpy(array));
  put('is-poison.npy', { shape: [isPoison.length], data: isPoison });
  const shares = attacked?.shares ? [...attacked.shares] : null;
  writeFileSync(join(folder, 'truth.json'), JSON.stringify({ test: testName(trial), scale: test.scale, shares }));
  if (!attacked) return;
  writeRows(folder, 'attacked-', attacked.rows);
  if (attacked.wanted) put('attacked-wanted.npy', { shape: [attacked.rows.n], data: attacked.wanted });
}

function writeRows(folder: string, prefix: string, { n, shape, x, y }: TrialData['test']): void {
  writeFileSync(join(folder, `${prefix}x.npy`), writeNpy({ shape: [n, ...shape], data: x }));
  writeFileSync(join(folder, `${prefix}y.npy`), writeNpy({ shape: [n], data: y }));
}

/** The numbers of PyTorch, with which defenses in Python train; null of a suite that has none. */
function referenceFor({ suite, trials }: Export) {
  const reference = referenceOf(suite, 'torch');
  const seeds = new Set(trials.map(({ seed }) => seed));
  const scored = <Run extends { seed: number }>(runs: readonly Run[]) => runs.filter(({ seed }) => seeds.has(seed));
  return {
    format: 'antidote-export-reference-1',
    scoring: suite.rules.scoring,
    reference: reference && {
      engine: `${reference.engine.backend} ${reference.engine.version}, ${reference.engine.cpu}`,
      clean: scored(reference.clean),
      cells: scored(reference.cells),
      counted: countedCells(suite, reference).map(({ scenario, budget }) => ({ scenario, budget })),
    },
  };
}

const readme = ({ id, digest }: Suite) => `Trials of the suite ${id} (${digest})

Each trial trains one model on a training set that may be poisoned. A defense sees the training set
and nothing else.

jobs/       A folder for each trial: what a defense is given. x.npy has the pixels, y.npy the labels,
            task.json the model and how it is trained.
streams/    Seeds from which the training of each trial draws, so that it comes out as on the board.
truth/      Only with --with-truth: test rows, attacked rows with their true labels, which training
            rows are poison, and the numbers of models without a defense. A defense must not see it.
export.json Which job is which trial.

To run a defense on all of them, and to score it:

    python -m antidote_host run my_defense.py --job .
    python -m antidote_host score my_defense.results

The package antidote-host has the command. It is in the folder runner/python of the project:
pip install ./runner/python
`;
