import type { FilterDefense, Host, LabeledSet } from '../../../lib/contract/defense.ts';
import { centered } from '../parts/features.ts';
import { leavingOut, rowsByLabel } from '../parts/labels.ts';
import { along, principalDirections } from '../parts/principal.ts';
import { smallerOfTwo } from '../parts/two-means.ts';

const components = 10;
/** A cluster of at least this share of its label's rows is no poison: half of a label splits in two by itself. */
const smallest = 0.35;

/**
 * Activation clustering: splits each label's features in two; a small part is suspected, and tried by a model that was trained without the suspects: it
 * is poison if most of its rows are then called something else than their label (the paper's exclusionary reclassification). Without that trial a
 * third of many clean classes would go. Principal components in place of the paper's independent ones. Chen et al. 2018, https://arxiv.org/abs/1811.03728
 */
export default {
  async filter(train: LabeledSet, host: Host) {
    const features = host.features(await host.fit(train), train);
    const width = features.length / train.n;
    const suspects = rowsByLabel(train).map((rows) => {
      if (rows.length < 2) return [];
      const spread = centered(features, width, rows);
      const axes = principalDirections(host.tf, spread, width, Math.min(components, width)).map((direction) => along(spread, direction));
      const part = smallerOfTwo(axes);
      return part.length < smallest * rows.length ? part.map((place) => rows[place]!) : [];
    });
    if (suspects.every((rows) => rows.length === 0)) return leavingOut([], train.n);
    const others = await host.fit(train, { weights: leavingOut(suspects.flat(), train.n) });
    const logits = host.logits(others, train); // [n, classes]
    const poison = suspects.filter((rows, label) => rows.length > 0 && !isCalled(label, rows, logits, train.classes));
    return leavingOut(poison.flat(), train.n);
  },
} satisfies FilterDefense;

/** Whether as many of the rows are called that label as any other one. */
function isCalled(label: number, rows: readonly number[], logits: Float32Array, classes: number): boolean {
  const counts = new Array<number>(classes).fill(0);
  for (const row of rows) {
    const own = logits.subarray(row * classes, (row + 1) * classes);
    counts[own.indexOf(own.reduce((most, logit) => Math.max(most, logit)))]!++;
  }
  return counts[label]! >= Math.max(...counts);
}
