import type { LabeledSet } from '../../lib/benchmark/defense.ts';
import type { DatasetId } from '../../lib/benchmark/ids.ts';
import { type Suite, specOf, type Trial } from '../../lib/benchmark/suite.ts';
import type { Poison } from '../attacks/attack.ts';
import { layOver, stamp } from '../attacks/trigger.ts';
import type { Split } from '../datasets/dataset.ts';
import { readDataset } from '../datasets/index.ts';
import { rowSize, takeRows } from '../datasets/rows.ts';
import { readCell } from './cell.ts';
import { drawJitter, hygieneSeeds, jittered, secretOrder } from './hygiene.ts';

/** The folders of data sets and of built suites: `datasets` and `suites` in ANTIDOTE_DATA. */
export type DataDirs = { readonly datasets: string; readonly suites: string };

/** The rows that the attack is about, with their true labels and what the attacker wants each called (null where any mistake serves). */
export type Attacked = { readonly rows: LabeledSet; readonly wanted: Int32Array | null };

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
 * What a trial trains and measures: a function of suite and trial, the poison as it was published. Throws HarnessFault where data set or suite
 * are missing or wrong.
 */
export async function trialData(suite: Suite, trial: Trial, dirs: DataDirs): Promise<TrialData> {
  const { dataset, attack } = specOf(suite, trial);
  const clean = await readDataset(dataset, dirs.datasets);
  return assemble(clean, { dataset, seed: trial.seed }, attack && (await readCell(suite, trial, dirs.suites)));
}

/** The same from clean data and poison. n is the same with any poison; jitter and order are those of data set and seed, whatever the poison. */
export function assemble(clean: Split, { dataset, seed }: { dataset: DatasetId; seed: number }, poison: Poison | null): TrialData {
  const seeds = hygieneSeeds(dataset, seed);
  const size = rowSize(clean.train);
  const order = secretOrder(seeds.order, clean.train.n);
  const train = jittered(poison ? poisoned(clean.train, poison) : clean.train, drawJitter(seeds.train, clean.train.n, size), order, order);
  const index = new Set(poison?.index);
  const isPoison = Uint8Array.from(order, (row) => (index.has(row) ? 1 : 0));

  const testJitter = drawJitter(seeds.test, clean.test.n, size);
  const all = Int32Array.from({ length: clean.test.n }, (_, row) => row);
  const test = jittered(clean.test, testJitter, all, all);
  if (!poison) return { train, test, attacked: null, isPoison };
  const { attacked, wanted, trigger } = poison.aim;
  const chosen = takeRows(clean.test, attacked);
  const rows = jittered(trigger ? stamp(chosen, trigger) : chosen, testJitter, all.subarray(0, chosen.n), attacked);
  return { train, test, attacked: { rows, wanted }, isPoison };
}

/** A copy of the training set with the poison in it, in its own order. */
export function poisoned(clean: LabeledSet, { index, labels, rows, overlay }: Poison): LabeledSet {
  const size = rowSize(clean);
  const [x, y] = [new Uint8Array(clean.x), new Int32Array(clean.y)];
  index.forEach((row, i) => {
    y[row] = labels[i]!;
    if (rows) x.set(rows.subarray(i * size, (i + 1) * size), row * size);
    if (overlay) layOver(x.subarray(row * size, (row + 1) * size), overlay, clean.y[row]! * size);
  });
  return { ...clean, x, y };
}
