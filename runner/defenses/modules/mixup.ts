import type { Host, LabeledSet, Task, TrainDefense } from '../../../lib/contract/defense.ts';
import { beta } from '../parts/beta.ts';

/** The main parameter: λ is drawn from Beta(α, α). Worth tuning: .2, 1, 4. */
const alpha = 1;
/** Mixtures made of each row. */
const rounds = 2;

/**
 * Mixup: trains on mixtures λ a + (1 − λ) b of two rows, with the same mixture of their labels as targets. A trigger or a
 * false label is then seldom whole. The mixtures are drawn once, before training, and a pixel is rounded to a whole
 * number. Zhang et al. 2018, https://arxiv.org/abs/1710.09412; against poison: Borgnia et al. 2021,
 * https://arxiv.org/abs/2011.09527
 */
export default {
  async train({ train }: Task, host: Host) {
    const { mixed, targets } = mixtures(train, () => host.random());
    return host.fit(mixed, { targets });
  },
} satisfies TrainDefense;

/** Each row `rounds` times with a partner; a mixture's label is that of its larger part. */
export function mixtures(train: LabeledSet, uniform: () => number): { mixed: LabeledSet; targets: Float32Array } {
  const { n, x, y, classes } = train;
  const size = x.length / n;
  const count = rounds * n;
  const mixed = { ...train, n: count, x: new Uint8Array(count * size), y: new Int32Array(count) };
  const targets = new Float32Array(count * classes);
  for (let place = 0; place < count; place++) {
    const [a, b] = [place % n, Math.floor(uniform() * n)];
    const share = beta(alpha, uniform);
    for (let pixel = 0; pixel < size; pixel++) mixed.x[place * size + pixel] = Math.round(share * x[a * size + pixel]! + (1 - share) * x[b * size + pixel]!);
    targets[place * classes + y[a]!]! += share;
    targets[place * classes + y[b]!]! += 1 - share;
    mixed.y[place] = share >= 0.5 ? y[a]! : y[b]!;
  }
  return { mixed, targets };
}
