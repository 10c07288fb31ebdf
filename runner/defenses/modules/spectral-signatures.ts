import type { FilterDefense, Host, LabeledSet } from '../../../lib/contract/defense.ts';
import { centered } from '../parts/features.ts';
import { highest, leavingOut, rowsByLabel } from '../parts/labels.ts';
import { along, principalDirections } from '../parts/principal.ts';

/** ε: the poison rate that is assumed, of all rows. A backdoor's poison bears one label, and which is not known: each label loses 1.5 ε n rows. */
const rate = 0.01;

/**
 * Spectral signatures: rows of a label that carry a trigger stand out along the direction in which the label's features vary most. Features are those of
 * the last hidden layer of a model trained on all rows. Tran, Li and Madry 2018, https://arxiv.org/abs/1811.00636
 */
export default {
  async filter(train: LabeledSet, host: Host) {
    const features = host.features(await host.fit(train), train);
    const width = features.length / train.n;
    const out = rowsByLabel(train).flatMap((rows) => {
      if (rows.length < 2) return [];
      const spread = centered(features, width, rows);
      const [direction] = principalDirections(host.tf, spread, width, 1);
      return highest(
        rows,
        along(spread, direction!).map((value) => value * value),
        1.5 * rate * train.n,
      );
    });
    return leavingOut(out, train.n);
  },
} satisfies FilterDefense;
