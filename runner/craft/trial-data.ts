import { join } from 'node:path';
import type { Poison } from '../../lib/contract/attack.ts';
import type { LabeledSet } from '../../lib/contract/defense.ts';
import type { Suite, TrialSpec } from '../../lib/contract/suite.ts';
import type { Split } from '../datasets/dataset.ts';
import { readDataset } from '../datasets/index.ts';
import { rowSize, takeRows } from '../datasets/rows.ts';
import type { Attacked } from '../metrics/index.ts';
import { layOver, stamp } from './attacks/trigger.ts';
import { baseOf } from './base.ts';
import { readCell } from './cell.ts';
import { exchangeFor } from './drawn-rows.ts';
import { jittered } from './hygiene.ts';
import { type Setting, settingOf } from './setting.ts';

/** The folders of data sets and of built suites: `datasets` and `suites` in ANTIDOTE_DATA. */
export type DataDirs = { readonly datasets: string; readonly suites: string };

export const dirsIn = (dataDir: string): DataDirs => ({
  datasets: join(dataDir, 'datasets'),
  suites: join(dataDir, 'suites'),
});

export type TrialData = {
  /** For the jail: poisoned, jittered, in secret order. */
  readonly train: LabeledSet;
  /** Clean and jittered. */
  readonly test: LabeledSet;
  /** Null in a clean run. */
  readonly attacked: Attacked | null;
  /** 1 where the training row is poison; all 0 in a clean run. */
  readonly isPoison: Uint8Array; // [n]
};

/**
 * What a trial trains and measures: a function of suite and trial, the poison as it was published. Throws HarnessFault
 * where data set or suite are missing or wrong.
 */
export async function trialData(suite: Suite, trial: TrialSpec, dirs: DataDirs): Promise<TrialData> {
  const clean = await cleanData(trial.dataset, dirs.datasets);
  const poison = trial.attack && (await readCell(suite, trial, dirs.suites));
  return assemble(clean, settingOf(suite, trial), poison);
}

const read = new Map<string, Split>();

/** Read, and checked, once in a process. */
async function cleanData(dataset: string, folder: string): Promise<Split> {
  const key = `${dataset} ${folder}`;
  const split = read.get(key) ?? (await readDataset(dataset, folder));
  read.set(key, split);
  return split;
}

/**
 * The same from clean data and poison. n, jitter and order depend on the setting, not on the poison. What all trials of
 * a seed share is therefore made once (base.ts); here only the rows that the poison changes are made.
 */
export function assemble(clean: Split, setting: Setting, poison: Poison | null): TrialData {
  const base = baseOf(clean, setting);
  const { given, jitter } = base;
  const isPoison = new Uint8Array(given.train.n);
  const train = { ...base.train, x: base.train.x.slice(), y: base.train.y.slice() };
  if (!poison) return { train, test: base.test, attacked: null, isPoison };
  const put = (rows: LabeledSet, index: Int32Array) => {
    const changed = jittered(rows, jitter.train, places(rows.n), index);
    const size = rowSize(changed);
    index.forEach((row, i) => {
      train.x.set(changed.x.subarray(i * size, (i + 1) * size), base.placeOf[row]! * size);
      train.y[base.placeOf[row]!] = changed.y[i]!;
    });
  };
  put(poisonedRows(given.train, poison), poison.index);
  for (const row of poison.index) isPoison[base.placeOf[row]!] = 1;
  if (given.drawn) {
    const { leave, enter } = exchangeFor(given.drawn.rows, poison);
    put(takeRows(given.drawn.source, enter), leave);
  }
  const { attacked, wanted, trigger } = poison.aim;
  const chosen = takeRows(given.test, attacked);
  const rows = jittered(trigger ? stamp(chosen, trigger) : chosen, jitter.test, places(chosen.n), attacked);
  const shares = given.drawn && wanted === null && { shares: sharesOf(given.drawn.rows.histogram) };
  return { train, test: base.test, attacked: { rows, wanted, ...shares }, isPoison };
}

/** Where any mistake serves, classes weigh as they do in the training set. */
const sharesOf = (histogram: Int32Array) => {
  const n = histogram.reduce((sum, count) => sum + count, 0);
  return Float64Array.from(histogram, (count) => count / n);
};

const places = (n: number) => Int32Array.from({ length: n }, (_, place) => place);

/** The rows that the poison takes, as it leaves them, in the order of its index, before jitter. */
function poisonedRows(clean: LabeledSet, { index, labels, rows, overlay }: Poison): LabeledSet {
  const size = rowSize(clean);
  const own = takeRows(clean, index);
  const x = rows ? rows.slice() : own.x;
  if (overlay)
    for (const [i, row] of index.entries())
      layOver(x.subarray(i * size, (i + 1) * size), overlay, clean.y[row]! * size);
  return { ...own, x, y: labels };
}

/** A copy of the training set with the poison in it, in its own order; nothing is exchanged. */
export function poisoned(clean: LabeledSet, poison: Poison): LabeledSet {
  const size = rowSize(clean);
  const [x, y] = [new Uint8Array(clean.x), new Int32Array(clean.y)];
  const taken = poisonedRows(clean, poison);
  poison.index.forEach((row, i) => {
    y[row] = taken.y[i]!;
    x.set(taken.x.subarray(i * size, (i + 1) * size), row * size);
  });
  return { ...clean, x, y };
}
