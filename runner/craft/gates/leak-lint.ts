import { type LeakTest, leakBounds } from '../../../lib/contract/gates.ts';
import type { Trial } from '../../../lib/contract/suite.ts';
import { rootOf } from '../../random/rng.ts';

/**
 * A cell as the lint sees it: where its poison lies in the order that a defense is given, and one feature of every row
 * there.
 */
export type FeatureCell = Trial & {
  /** Of cells whose rows lie in the same order: they are permuted together. */
  readonly order: string;
  readonly poison: Int32Array; // [k], places
  /** Null where it is the same for every row. */
  readonly values: Float64Array | null; // [n]
};

/** Enough for p to fall below its bound. */
export const permutations = 1999;

/**
 * Tests one feature over all cells at once. The feature is cut into bins of a hundredth of the rows each; equal values
 * stay together. The statistic is Pearson's χ² of poison against these bins, summed over cells. It is compared with its
 * values when the rows of each order are permuted at random. Cells that share rows or an order are therefore no more
 * evidence than one. p = (1 + times as large) / (1 + permutations).
 */
export function testFeature(feature: LeakTest['feature'], cells: readonly FeatureCell[]): LeakTest {
  const p = pooledP(cells);
  let auc: LeakTest['auc'] = null;
  for (const { scenario, budget, seed, poison, values } of cells) {
    if (poison.length < leakBounds.rows) continue;
    const value = values ? areaUnderCurve(poison, values) : 0.5;
    if (!auc || Math.abs(value - 0.5) > Math.abs(auc.value - 0.5)) auc = { scenario, budget, seed, value };
  }
  return { feature, p, auc, ok: p > leakBounds.p && (auc === null || Math.abs(auc.value - 0.5) < leakBounds.auc) };
}

function pooledP(cells: readonly FeatureCell[]): number {
  const binned = cells.flatMap(({ order, poison, values }) =>
    values ? [{ order, poison, n: values.length, ...binsOf(values) }] : [],
  );
  const orders = [...new Set(binned.map(({ order }) => order))].map((order) => {
    const members = binned.filter((cell) => cell.order === order);
    return { members, places: Int32Array.from({ length: members[0]!.n }, (_, place) => place) };
  });
  const statistic = () =>
    orders.reduce(
      (sum, { members, places }) => sum + members.reduce((inner, cell) => inner + chiSquare(cell, places), 0),
      0,
    );
  const seen = statistic();
  const rng = rootOf('antidote leak lint');
  let asLarge = 0;
  for (let time = 0; time < permutations; time++) {
    for (const { places } of orders) rng.shuffle(places);
    if (statistic() >= seen) asLarge++;
  }
  return (1 + asLarge) / (1 + permutations);
}

type Binned = {
  readonly poison: Int32Array;
  readonly n: number;
  readonly bins: Uint8Array;
  readonly sizes: readonly number[];
};

/** The bin of each row, and how many rows each bin has. */
function binsOf(values: Float64Array): Pick<Binned, 'bins' | 'sizes'> {
  const n = values.length;
  const order = Int32Array.from({ length: n }, (_, row) => row).sort((a, b) => values[a]! - values[b]!);
  const bins = new Uint8Array(n);
  const sizes = [0];
  for (const [rank, row] of order.entries()) {
    const full = sizes.at(-1)! * 100 >= n;
    if (full && values[row] !== values[order[rank - 1]!]) sizes.push(0);
    bins[row] = sizes.length - 1;
    sizes[sizes.length - 1]!++;
  }
  return { bins, sizes };
}

/** Of the poison, moved by the permutation, over the bins. */
function chiSquare({ poison, n, bins, sizes }: Binned, places: Int32Array): number {
  const counts = new Int32Array(sizes.length);
  for (let i = 0; i < poison.length; i++) counts[bins[places[poison[i]!]!]!]!++;
  let sum = 0;
  for (let bin = 0; bin < sizes.length; bin++) {
    const expected = (poison.length * sizes[bin]!) / n;
    sum += (counts[bin]! - expected) ** 2 / expected;
  }
  return sum;
}

/** The chance that a poisoned row has a larger value than another one, ties counting half (Mann and Whitney 1947). */
export function areaUnderCurve(poison: Int32Array, values: Float64Array): number {
  const n = values.length;
  const k = poison.length;
  const isPoison = new Uint8Array(n);
  for (const place of poison) isPoison[place] = 1;
  const order = Int32Array.from({ length: n }, (_, row) => row).sort((a, b) => values[a]! - values[b]!);
  let rankSum = 0;
  for (let from = 0; from < n; ) {
    let to = from;
    let poisoned = 0;
    for (; to < n && values[order[to]!] === values[order[from]!]; to++) poisoned += isPoison[order[to]!]!;
    rankSum += poisoned * ((from + to + 1) / 2); // ranks from + 1 … to, averaged
    from = to;
  }
  return (rankSum - (k * (k + 1)) / 2) / (k * (n - k));
}
