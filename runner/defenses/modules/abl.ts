import type { Host, LabeledSet, Task, TrainDefense, Weights } from '../../../lib/contract/defense.ts';
import { softmax } from '../parts/softmax.ts';

/** The main parameter: this share of the rows, those of the least loss, is taken for poison. Worth tuning: .005, .01, .05. */
const isolated = 0.01;
/** Of the recipe's steps, for the first model. */
const isolationShare = 0.2;
/** Rows beside each isolated one when it is unlearned, and passes over both. */
const others = 4;
const unlearningEpochs = 10;

/**
 * Anti-backdoor learning: a trigger is learned before all else. So after a first, short training the rows whose loss is
 * least are isolated. A second training is the usual one. At its end the isolated rows are unlearned, beside others that
 * keep their labels. Li et al. 2021, https://arxiv.org/abs/2110.11571
 *
 * Two things differ from the paper. Its local gradient ascent, which holds the losses of the first training near .5, is
 * left out: it takes the sign of each row's loss in each step, and targets that hold the losses there wipe out their
 * order. And unlearning descends, to targets that give the label nothing and all other classes the same: ascent has no end.
 */
export default {
  async train({ train, model }: Task, host: Host) {
    const passes = (model.recipe.steps * model.recipe.batchSize) / train.n;
    const early = await host.fit(train, { epochs: isolationShare * passes });
    const suspects = leastLoss(early, train, host);
    const whole = await host.fit(train);
    const { set, targets } = withOthers(train, suspects, () => host.random());
    return host.fit(set, { init: whole, targets, epochs: unlearningEpochs, learningRate: model.recipe.learningRate / 2 });
  },
} satisfies TrainDefense;

/** The label gets that share, the other classes the rest in equal parts. [n, classes] */
function targetsOf({ n, y, classes }: Pick<LabeledSet, 'n' | 'y' | 'classes'>, labelShare: (row: number) => number) {
  const targets = new Float32Array(n * classes);
  for (let row = 0; row < n; row++) {
    targets.fill((1 - labelShare(row)) / (classes - 1), row * classes, (row + 1) * classes);
    targets[row * classes + y[row]!] = labelShare(row);
  }
  return targets;
}

function leastLoss(model: Weights, train: LabeledSet, host: Host): number[] {
  const { n, classes, y } = train;
  const logits = host.logits(model, train); // [n, classes]
  const own = Array.from({ length: n }, (_, row) => softmax(logits.subarray(row * classes, (row + 1) * classes))[y[row]!]!);
  const order = Array.from({ length: n }, (_, row) => row).sort((a, b) => own[b]! - own[a]! || a - b);
  return order.slice(0, Math.ceil(isolated * n));
}

/** The suspects with their unlearning targets, and `others` times as many rows drawn from the rest with their labels. */
function withOthers(train: LabeledSet, suspects: readonly number[], uniform: () => number) {
  const suspected = new Set(suspects);
  const rest = Array.from({ length: train.n }, (_, row) => row).filter((row) => !suspected.has(row));
  const drawn = Array.from({ length: rest.length > 0 ? others * suspects.length : 0 }, () => rest[Math.floor(uniform() * rest.length)]!);
  const rows = [...suspects, ...drawn];
  const size = train.x.length / train.n;
  const x = new Uint8Array(rows.length * size);
  for (const [place, row] of rows.entries()) x.set(train.x.subarray(row * size, (row + 1) * size), place * size);
  const set = { ...train, n: rows.length, x, y: Int32Array.from(rows, (row) => train.y[row]!) };
  return { set, targets: targetsOf(set, (place) => Number(place >= suspects.length)) };
}
