import type { FilterDefense, Host, LabeledSet } from '../../../lib/contract/defense.ts';
import { highest, leavingOut, rowsByLabel } from '../parts/labels.ts';
import { softmax } from '../parts/softmax.ts';

/** The main parameter: in so many parts each row's class is predicted from the other parts. Worth tuning: 3, 5, 10. */
const folds = 5;

/**
 * Confident learning: leaves out the rows that a model trained without them is confident to be of another class. A model
 * is confident of class j where its probability is at least the mean of that probability over the rows labelled j; of
 * several such classes the likeliest counts. These are the entries of the confident joint off its diagonal. Never more
 * than half of a label: those whose probability of their own label lies farthest below the other's go first. Northcutt
 * et al. 2021, https://arxiv.org/abs/1911.00068
 */
export default {
  async filter(train: LabeledSet, host: Host) {
    const shares = await outOfFold(train, host); // [n, classes]
    return leavingOut(mislabelled(shares, train), train.n);
  },
} satisfies FilterDefense;

/** Each row's class probabilities by a model that never saw the row's part. [n, classes] */
async function outOfFold(train: LabeledSet, host: Host): Promise<Float64Array> {
  const { n, classes } = train;
  const part = Int32Array.from({ length: n }, (_, row) => row % folds);
  for (let place = n - 1; place > 0; place--) {
    const other = Math.floor(host.random() * (place + 1));
    [part[place], part[other]] = [part[other]!, part[place]!];
  }
  const shares = new Float64Array(n * classes);
  for (let fold = 0; fold < folds; fold++) {
    const model = await host.fit(train, { weights: Float32Array.from(part, (own) => Number(own !== fold)) });
    const logits = host.logits(model, train);
    for (let row = 0; row < n; row++) if (part[row] === fold) shares.set(softmax(logits.subarray(row * classes, (row + 1) * classes)), row * classes);
  }
  return shares;
}

/** The rows that the confident joint counts off its diagonal. */
export function mislabelled(shares: Float64Array, train: Pick<LabeledSet, 'y' | 'classes'>): number[] {
  const { classes } = train;
  const byLabel = rowsByLabel(train);
  const share = (row: number, label: number) => shares[row * classes + label]!;
  const thresholds = byLabel.map((rows, label) => (rows.length > 0 ? rows.reduce((sum, row) => sum + share(row, label), 0) / rows.length : Infinity));
  const confident = (row: number) => {
    let best = -1;
    for (let label = 0; label < classes; label++)
      if (share(row, label) >= thresholds[label]! && (best < 0 || share(row, label) > share(row, best))) best = label;
    return best;
  };
  return byLabel.flatMap((rows, label) => {
    const margins = rows.map((row) => {
      const other = confident(row);
      return other < 0 || other === label ? -1 : share(row, other) - share(row, label);
    });
    return highest(rows, margins, margins.filter((margin) => margin > -1).length);
  });
}
