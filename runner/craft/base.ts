import type { LabeledSet } from '../../lib/contract/defense.ts';
import type { Split } from '../datasets/dataset.ts';
import { rowSize } from '../datasets/rows.ts';
import { drawJitter, hygieneSeeds, type Jitter, jittered, secretOrder } from './hygiene.ts';

/**
 * What all trials of one data set and seed have in common, whatever their poison. Not to be changed by who is given it.
 */
export type Base = {
  /** Clean, jittered, in secret order. */
  readonly train: LabeledSet;
  /** Clean and jittered, in its own order. */
  readonly test: LabeledSet;
  /** At which place of `train` each row stands. */
  readonly placeOf: Int32Array; // [n]
  readonly jitter: { readonly train: Jitter; readonly test: Jitter };
};

/** The last of each data set: trials come seed by seed, and the draws take longer than a logistic regression trains. */
const kept = new Map<string, { clean: Split; seed: number; base: Base }>();

export function baseOf(clean: Split, dataset: string, seed: number): Base {
  const known = kept.get(dataset);
  if (known?.clean === clean && known.seed === seed) return known.base;
  const base = makeBase(clean, dataset, seed);
  kept.set(dataset, { clean, seed, base });
  return base;
}

function makeBase({ train, test }: Split, dataset: string, seed: number): Base {
  const seeds = hygieneSeeds(dataset, seed);
  const order = secretOrder(seeds.order, train.n);
  const placeOf = new Int32Array(train.n);
  order.forEach((row, place) => {
    placeOf[row] = place;
  });
  const jitter = {
    train: drawJitter(seeds.train, train.n, rowSize(train)),
    test: drawJitter(seeds.test, test.n, rowSize(test)),
  };
  const all = Int32Array.from({ length: test.n }, (_, row) => row);
  return {
    train: jittered(train, jitter.train, order, order),
    test: jittered(test, jitter.test, all, all),
    placeOf,
    jitter,
  };
}
