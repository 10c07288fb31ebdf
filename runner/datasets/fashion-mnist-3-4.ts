import type { LabeledSet } from '../../lib/contract/defense.ts';
import type { Dataset } from './dataset.ts';
import { fashionMnist } from './fashion-mnist.ts';
import { takeRows } from './rows.ts';

const kept = [3, 4];
const trainRowsPerClass = 5_400;

/**
 * Dress (3 → 0) against coat (4 → 1), the binary task of Hong et al. 2020, https://arxiv.org/abs/2002.11497: 10,800
 * training rows, of each class the first 5,400 in the files' order (the source keeps 90 % and does not say which), and
 * all 2,000 test rows.
 */
export const fashionMnist34: Dataset = {
  source: fashionMnist.source,
  parse(files) {
    const { train, test } = fashionMnist.parse(files);
    return { train: binary(train, trainRowsPerClass), test: binary(test, Number.POSITIVE_INFINITY) };
  },
};

function binary(set: LabeledSet, rowsPerClass: number): LabeledSet {
  const seen = kept.map(() => 0);
  const rows: number[] = [];
  for (let row = 0; row < set.n; row++) {
    const label = kept.indexOf(set.y[row]!);
    if (label >= 0 && seen[label]!++ < rowsPerClass) rows.push(row);
  }
  const taken = takeRows(set, rows);
  return { ...taken, classes: kept.length, y: taken.y.map((label) => kept.indexOf(label)) };
}
