import type { Draws, Room } from '../../lib/contract/attack.ts';

/**
 * Which rows of a data set a seed trains on, by the second hygiene. Every trial of the seed, clean ones too, has the
 * histogram; its clean rows come from the base and, where an attack takes more of a class than it gives back, from the
 * reserve.
 */
export type DrawnRows = {
  /** Rows of each class in every trial; a poison row counts as its label says. */
  readonly histogram: Int32Array; // [classes], sums to n
  /** The base: rows of the data set that the clean run trains on, class by class, each class in a random order. */
  readonly base: Int32Array; // [n]
  /** The rows of each class that the base leaves out, as that order goes on. */
  readonly reserve: readonly Int32Array[]; // [classes]
};

/** Classes of every drawn set. */
export const drawnClasses = 10;

/** Shares of a class before they are normalised, in ten-thousandths, both ends included. */
const [leastShare, mostShare] = [6_000, 14_000];
/** Of a class in the whole, in hundredths. */
const [leastPart, mostPart] = [6, 14];

const usualMost = 30_000;

/**
 * Rows of a trial's training set: 30,000 where every class has 5,000 rows, else six times the smallest class, in whole
 * thousands; `most` where that is fewer. The largest class that can be drawn (14 %) then leaves a reserve. Throws
 * RangeError for too small a data set.
 */
export function rowsFor(smallestClass: number, most = usualMost): number {
  const n = Math.min(most, 1_000 * Math.floor((6 * smallestClass) / 1_000));
  if (n === 0) throw new RangeError(`rowsFor: a class has ${smallestClass} rows, want at least 167`);
  return n;
}

/**
 * Clean rows that an attack must leave of every class, unless it takes all rows: 300, or a hundredth of a small set.
 */
export const leastCleanRows = (n: number): number => (n < 20_000 ? Math.floor(n / 100) : 300);

/** Ten of a data set's classes, ascending: all of them, or a draw. Throws RangeError where there are fewer. */
export function drawClasses(classes: number, rng: Draws): Int32Array {
  if (classes < drawnClasses)
    throw new RangeError(`drawClasses: a data set of ${classes} classes, want at least ${drawnClasses}`);
  return rng.sample(classes, drawnClasses).sort();
}

/**
 * n rows over the classes: shares uniform in [.6, 1.4], normalised, and drawn again until each lies in [.06, .14].
 * Integers throughout. Rows that rounding leaves over go to the largest remainders, of equals to the smaller class.
 */
export function drawHistogram(n: number, rng: Draws): Int32Array {
  for (;;) {
    const shares = Array.from({ length: drawnClasses }, () => leastShare + rng.below(mostShare - leastShare + 1));
    const whole = shares.reduce((sum, share) => sum + share, 0);
    if (shares.every((share) => 100 * share >= leastPart * whole && 100 * share <= mostPart * whole))
      return apportioned(n, shares, whole);
  }
}

function apportioned(n: number, shares: readonly number[], whole: number): Int32Array {
  const rows = Int32Array.from(shares, (share) => Math.floor((share * n) / whole));
  const left = n - rows.reduce((sum, count) => sum + count, 0);
  const byRemainder = shares
    .map((share, label) => ({ label, remainder: (share * n) % whole }))
    .sort((a, b) => b.remainder - a.remainder || a.label - b.label);
  for (const { label } of byRemainder.slice(0, left)) rows[label]!++;
  return rows;
}

/**
 * A function of the labels, the generator and the most rows of a training set. Throws RangeError for labels of which
 * some class has too few.
 */
export function drawRows(labels: Int32Array, rng: Draws, most?: number): DrawnRows {
  const rowsOf = Array.from({ length: drawnClasses }, (_, label) => rowsLabeled(labels, label));
  const n = rowsFor(Math.min(...rowsOf.map(({ length }) => length)), most);
  const histogram = drawHistogram(n, rng.fork('histogram'));
  const orders = rowsOf.map((rows, label) => rng.fork(`rows of class ${label}`).shuffle(rows));
  return {
    histogram,
    base: Int32Array.from(orders.flatMap((order, label) => [...order.subarray(0, histogram[label])])),
    reserve: orders.map((order, label) => order.slice(histogram[label])),
  };
}

const rowsLabeled = (labels: Int32Array, label: number) =>
  Int32Array.from(labels.keys()).filter((row) => labels[row] === label);

/** What these rows leave to an attack. */
export const roomIn = ({ histogram, base, reserve }: DrawnRows): Room => ({
  labelled: histogram.map((rows) => rows - leastCleanRows(base.length)),
  taken: Int32Array.from(reserve, (rows) => rows.length),
});

/** Rows of the base that give their places to rows of the data set. */
export type Exchange = {
  /** Rows of the base, from 0. */
  readonly leave: Int32Array; // [d], distinct
  /** Rows of the data set, of the reserve. */
  readonly enter: Int32Array; // [d], distinct
};

/**
 * What keeps the histogram where the poison takes rows of other classes than it gives back. Of each class the clean
 * rows are the first of its order that the poison does not name, so many that clean and poison rows together are as
 * many as drawn. Throws RangeError for a class of which too few clean rows would be left, or too few are in reserve.
 */
export function exchangeFor(
  { histogram, base, reserve }: DrawnRows,
  poison: { readonly index: Int32Array; readonly labels: Int32Array },
): Exchange {
  const named = new Set(poison.index);
  const least = named.size < base.length ? leastCleanRows(base.length) : 0;
  const leave: number[] = [];
  const enter: number[] = [];
  for (let label = 0, begin = 0; label < histogram.length; begin += histogram[label]!, label++) {
    const all = histogram[label]!;
    const poisonRows = poison.labels.reduce((count, own) => (own === label ? count + 1 : count), 0);
    const kept = all - poisonRows;
    if (kept < least)
      throw new RangeError(
        `exchangeFor: ${kept} clean rows of class ${label} would be left of ${all}, want at least ${least}; label fewer poison rows so`,
      );
    const unnamed = Array.from({ length: all }, (_, i) => begin + i).filter((row) => !named.has(row));
    leave.push(...unnamed.slice(kept));
    const wanted = Math.max(0, kept - unnamed.length);
    if (wanted > reserve[label]!.length)
      throw new RangeError(
        `exchangeFor: class ${label} needs ${wanted} rows in reserve and has ${reserve[label]!.length}; take fewer rows of it`,
      );
    enter.push(...reserve[label]!.subarray(0, wanted));
  }
  return { leave: Int32Array.from(leave), enter: Int32Array.from(enter) };
}
