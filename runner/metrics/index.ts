import type { LabeledSet } from '../../lib/contract/defense.ts';
import { type MetricId, type Metrics, metricIds } from '../../lib/contract/metrics.ts';
import { certifiedAccuracy } from './certified.ts';
import type { FilterShares } from './filter.ts';

/**
 * The rows that an attack is about, with their true labels, and what the attacker wants each to be called: null where
 * any mistake serves. `shares`: how much each class weighs; without them every row weighs the same.
 */
export type Attacked = {
  readonly rows: LabeledSet;
  readonly wanted: Int32Array | null;
  readonly shares?: Float64Array; // [classes], sums to 1
};

export type Predict = (rows: LabeledSet) => Int32Array;

/** What there is beside a model's predictions: the votes of an ensemble, and the row weights of a filter. */
type Beside = {
  /** What each member calls the clean test rows; one list of [n] for one set of weights. */
  readonly votes: readonly Int32Array[];
  readonly filtered: FilterShares;
};
const nothing: Beside = { votes: [], filtered: { filterRecall: null, filterFalsePositives: null } };

type Run = Beside & {
  readonly test: LabeledSet;
  /** What the model calls the clean test rows, [n]. */
  readonly onTest: Int32Array;
  /** In a clean run null. */
  readonly attacked: (Attacked & { readonly called: Int32Array }) | null;
};

/** How each metric is computed; `lib/contract/metrics.ts` says what each is. */
const computed = {
  cleanAccuracy: ({ onTest, test }) => shareEqual(onTest, test.y),
  commonestClass: ({ onTest, test }) => shareOfCommonest(onTest, test.classes),
  recalls: ({ onTest, test }) => recallsOf(onTest, test),
  robustAccuracy: ({ attacked }) => attacked && robustAccuracyOf(attacked.called, attacked.rows, attacked.shares),
  attackSuccess: ({ attacked }) => (attacked?.wanted ? shareEqual(attacked.called, attacked.wanted) : null),
  filterRecall: ({ filtered }) => filtered.filterRecall,
  filterFalsePositives: ({ filtered }) => filtered.filterFalsePositives,
  certified: ({ votes, test }) => (votes.length > 1 ? certifiedAccuracy(votes, test) : null),
} satisfies { [Id in MetricId]: (run: Run) => Metrics[Id] };

export type Measured = { [Id in MetricId]: ReturnType<(typeof computed)[Id]> };

/** Every metric of one trained model. */
export function measure(
  predict: Predict,
  { test, attacked }: { test: LabeledSet; attacked: Attacked | null },
  beside: Beside = nothing,
): Measured {
  const run: Run = {
    ...beside,
    test,
    onTest: predict(test),
    attacked: attacked && { ...attacked, called: predict(attacked.rows) },
  };
  return Object.fromEntries(metricIds.map((id) => [id, computed[id](run)])) as Measured;
}

/** The share of places where both agree. Throws RangeError for lists that are empty or differ in length. */
export function shareEqual(a: Int32Array, b: Int32Array): number {
  if (a.length !== b.length || a.length === 0)
    throw new RangeError(`shareEqual: ${a.length} against ${b.length} labels`);
  return a.reduce((equal, label, row) => (label === b[row] ? equal + 1 : equal), 0) / a.length;
}

/** By class, the share of its rows that are called so; 1 of a class without rows. */
export function recallsOf(called: Int32Array, { y, classes }: Pick<LabeledSet, 'y' | 'classes'>): number[] {
  const [rows, right] = [new Int32Array(classes), new Int32Array(classes)];
  y.forEach((label, row) => {
    rows[label]!++;
    if (called[row] === label) right[label]!++;
  });
  return Array.from(rows, (count, label) => (count === 0 ? 1 : right[label]! / count));
}

/** The share of rows called as their labels say, each class weighed by its share where there are shares. */
export function robustAccuracyOf(
  called: Int32Array,
  rows: Pick<LabeledSet, 'y' | 'classes'>,
  shares: Float64Array | undefined,
): number {
  if (!shares) return shareEqual(called, rows.y);
  return recallsOf(called, rows).reduce((sum, recall, label) => sum + shares[label]! * recall, 0);
}

function shareOfCommonest(labels: Int32Array, classes: number): number {
  const counts = new Int32Array(classes);
  for (const label of labels) counts[label]!++;
  return Math.max(...counts) / labels.length;
}
