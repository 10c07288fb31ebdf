import type { LabeledSet } from '../../lib/contract/defense.ts';

/**
 * The rows that an attack is about, with their true labels, and what the attacker wants each to be called: null where any
 * mistake serves.
 */
export type Attacked = { readonly rows: LabeledSet; readonly wanted: Int32Array | null };

export type Predict = (rows: LabeledSet) => Int32Array;
export type Measured = {
  cleanAccuracy: number;
  commonestClass: number;
  robustAccuracy: number | null;
  attackSuccess: number | null;
};

/**
 * What is measured of one trained model, as shares of rows. Clean accuracy: test rows given their label. Commonest class:
 * test rows given the class that most of them are given. Robust accuracy P: attacked rows given their true label, null
 * in a clean run. Attack success: attacked rows called as the attacker wants (ASR of a backdoor, TSR of targets), null
 * where any mistake serves.
 */
export function measure(
  predict: Predict,
  { test, attacked }: { test: LabeledSet; attacked: Attacked | null },
): Measured {
  const onTest = predict(test);
  const called = attacked && predict(attacked.rows);
  return {
    cleanAccuracy: shareEqual(onTest, test.y),
    commonestClass: shareOfCommonest(onTest, test.classes),
    robustAccuracy: called && shareEqual(called, attacked.rows.y),
    attackSuccess: called && attacked.wanted && shareEqual(called, attacked.wanted),
  };
}

/** The share of places where both agree. Throws RangeError for lists that are empty or differ in length. */
export function shareEqual(a: Int32Array, b: Int32Array): number {
  if (a.length !== b.length || a.length === 0)
    throw new RangeError(`shareEqual: ${a.length} against ${b.length} labels`);
  return a.reduce((equal, label, row) => (label === b[row] ? equal + 1 : equal), 0) / a.length;
}

function shareOfCommonest(labels: Int32Array, classes: number): number {
  const counts = new Int32Array(classes);
  for (const label of labels) counts[label]!++;
  return Math.max(...counts) / labels.length;
}
