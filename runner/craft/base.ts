import { mostRowsOf } from '../../lib/catalog/datasets/index.ts';
import type { LabeledSet } from '../../lib/contract/defense.ts';
import type { Split } from '../datasets/dataset.ts';
import { rowSize, takeRows } from '../datasets/rows.ts';
import { type DrawnRows, drawClasses, drawnClasses, drawRows } from './drawn-rows.ts';
import { drawJitter, hygieneSeeds, type Jitter, jittered, secretOrder } from './hygiene.ts';
import { drawRoot, type Setting, seedRoot } from './setting.ts';

/**
 * The rows that an attack is given. By the first hygiene it is the data set. By the second it is the seed's base, and
 * the test rows of the suite's classes.
 */
export type Given = Split & {
  /** The second hygiene's: which rows of `source` these are. */
  readonly drawn: { readonly rows: DrawnRows; readonly source: LabeledSet } | null;
};

/**
 * What all trials of one data set and seed have in common, whatever their poison. Not to be changed by who is given it.
 */
export type Base = {
  readonly given: Given;
  /** Clean, jittered, in secret order. */
  readonly train: LabeledSet;
  /** Clean and jittered, in its own order. */
  readonly test: LabeledSet;
  /** At which place of `train` each row stands. */
  readonly placeOf: Int32Array; // [n]
  readonly jitter: { readonly train: Jitter; readonly test: Jitter };
};

/**
 * Keeps the latest of each data set: trials come seed by seed, and the draws take longer than a logistic regression
 * trains. Those of a split that is let go go with it.
 */
function keepLatest<Made>(make: (clean: Split, setting: Setting) => Made) {
  const kept = new Map<string, { clean: Split; key: string; made: Made }>();
  return (clean: Split, setting: Setting): Made => {
    const { dataset, seed, draw } = setting;
    const key = JSON.stringify([seed, draw]);
    const known = kept.get(dataset);
    if (known?.clean === clean && known.key === key) return known.made;
    const made = make(clean, setting);
    kept.set(dataset, { clean, key, made });
    return made;
  };
}

export const givenOf = keepLatest(makeGiven);
export const baseOf = keepLatest(makeBase);

function makeGiven(clean: Split, { seed, draw }: Setting): Given {
  if (!draw) return { ...clean, drawn: null };
  const { train, test } = ofClasses(clean, drawClasses(clean.train.classes, drawRoot(draw).fork('classes')));
  const rows = drawRows(train.y, seedRoot(draw, seed), mostRowsOf(draw.dataset));
  return { train: takeRows(train, rows.base), test, drawn: { rows, source: train } };
}

/** The rows of these classes alone, in their own order, called 0, 1, … */
function ofClasses(split: Split, classes: Int32Array): Split {
  if (classes.length === split.train.classes) return split;
  const only = (set: LabeledSet): LabeledSet => {
    const own = takeRows(
      set,
      Int32Array.from(set.y.keys()).filter((row) => classes.includes(set.y[row]!)),
    );
    return { ...own, classes: drawnClasses, y: own.y.map((label) => classes.indexOf(label)) };
  };
  return { train: only(split.train), test: only(split.test) };
}

function makeBase(clean: Split, setting: Setting): Base {
  const given = givenOf(clean, setting);
  const { train, test } = given;
  const seeds = hygieneSeeds(setting);
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
    given,
    train: jittered(train, jitter.train, order, order),
    test: jittered(test, jitter.test, all, all),
    placeOf,
    jitter,
  };
}
