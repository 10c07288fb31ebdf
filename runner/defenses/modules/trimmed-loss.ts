import type { FilterDefense, Host, LabeledSet } from '../../../lib/contract/defense.ts';
import { highest, leavingOut, rowsByLabel } from '../parts/labels.ts';
import { softmax } from '../parts/softmax.ts';

/** The poison rate that is assumed: this share of each label's rows is left out. */
const rate = 0.2;
const rounds = 3;

/**
 * Iterative trimmed loss: trains, leaves out the rows of the largest loss, and trains again on the rest. Trimmed within each label, for over all
 * labels together a hard class would go first. Shen and Sanghavi 2019, https://arxiv.org/abs/1810.11874
 */
export default {
  async filter(train: LabeledSet, host: Host) {
    let weights = leavingOut([], train.n);
    for (let round = 0; round < rounds; round++) {
      const model = await host.fit(train, { weights });
      const logits = host.logits(model, train); // [n, classes]
      const loss = (row: number) => -Math.log(softmax(logits.subarray(row * train.classes, (row + 1) * train.classes))[train.y[row]!]! + Number.MIN_VALUE);
      weights = leavingOut(
        rowsByLabel(train).flatMap((rows) => highest(rows, rows.map(loss), rate * rows.length)),
        train.n,
      );
    }
    return weights;
  },
} satisfies FilterDefense;
