import type { FilterDefense, Host, LabeledSet } from '../../../lib/contract/defense.ts';
import { highest, leavingOut, rowsByLabel } from '../parts/labels.ts';
import { lastLayerOf, outlierScores } from '../parts/last-layer.ts';

/** p: the poison rate that is assumed. Each round leaves out p/2 of what is left of each label. */
const rate = 0.1;
const rounds = 4;

/**
 * SEVER: trains, finds the direction in which the gradients of the rows at the fitted model vary most, leaves out the rows that lie farthest along
 * it, and trains again. Within each label, so that no class is thrown away for being hard. The gradients are those of the last layer: for
 * `lr` the whole ones. Diakonikolas et al. 2019, https://arxiv.org/abs/1803.02815
 */
export default {
  async filter(train: LabeledSet, host: Host) {
    const out = new Set<number>();
    for (let round = 0; round < rounds; round++) {
      const model = await host.fit(train, { weights: leavingOut(out, train.n) });
      const features = host.features(model, train); // [n, width]
      const logits = host.logits(model, train); // [n, classes]
      for (const all of rowsByLabel(train)) {
        const rows = all.filter((row) => !out.has(row));
        if (rows.length < 2) continue;
        const scores = outlierScores(host.tf, lastLayerOf(rows, features, logits, train));
        for (const row of highest(rows, scores, (rate / 2) * rows.length)) out.add(row);
      }
    }
    return leavingOut(out, train.n);
  },
} satisfies FilterDefense;
