import { beforeAll, describe, expect, test } from 'vitest';
import type { FilterDefense, LabeledSet } from '../../../lib/contract/defense.ts';
import activationClustering from '../../../runner/defenses/modules/activation-clustering.ts';
import deepKnn from '../../../runner/defenses/modules/deep-knn.ts';
import labelCleaning, { mislabelled } from '../../../runner/defenses/modules/label-cleaning.ts';
import sever from '../../../runner/defenses/modules/sever.ts';
import spectralSignatures from '../../../runner/defenses/modules/spectral-signatures.ts';
import sphereSlab from '../../../runner/defenses/modules/sphere-slab.ts';
import trimmedLoss from '../../../runner/defenses/modules/trimmed-loss.ts';
import { filterShares } from '../../../runner/metrics/filter.ts';
import { rootOf, streamsOf } from '../../../runner/random/rng.ts';
import { createTrainer } from '../../../runner/train/fit.ts';
import { openEngine, type Tf } from '../../../runner/train/tf.ts';
import { toyModel, toyRows } from '../../support/toy.ts';

let tf: Tf;
beforeAll(async () => {
  ({ tf } = await openEngine('wasm'));
});

const n = 1000;
type Planted = { train: LabeledSet; isPoison: Uint8Array };

/** Rows of a toy set, changed at these places. The last two pixels carry nothing but triggers. */
function planted(count: number, change: (set: { x: Uint8Array; y: Int32Array }, row: number) => void): Planted {
  const train = toyRows(n);
  const isPoison = new Uint8Array(n);
  for (const row of rootOf('planted').sample(n, count)) {
    isPoison[row] = 1;
    change(train, row);
  }
  return { train, isPoison };
}

const flips = (share: number) =>
  planted(share * n, ({ y }, row) => {
    y[row] = (y[row]! + 1) % 4;
  });
/** Rows of class 1 and a trigger, with label 0. */
const backdoor = (share: number) =>
  planted(share * n, ({ x, y }, row) => {
    x.fill(20, row * 30, row * 30 + 28);
    x.fill(200, row * 30 + 7, row * 30 + 14);
    x.fill(255, row * 30 + 28, row * 30 + 30);
    y[row] = 0;
  });
const white = (share: number) => planted(share * n, ({ x }, row) => x.fill(255, row * 30, (row + 1) * 30));
const clean: Planted = { train: toyRows(n), isPoison: new Uint8Array(n) };

/** What is left out, on a perceptron or, without a hidden layer, on logistic regression. */
async function left(defense: FilterDefense, { train, isPoison }: Planted, hidden: readonly number[]) {
  const model = toyModel(hidden, { steps: 120, batchSize: 32 });
  const host = createTrainer({ tf, model, streams: streamsOf('toy', 'toy', 0) });
  const weights = await defense.filter(train, host);
  const kept = [0, 1, 2, 3].map((label) => {
    const rows = Array.from(train.y.keys()).filter((row) => train.y[row] === label);
    return rows.reduce((sum, row) => sum + weights[row]!, 0) / rows.length;
  });
  return { ...filterShares(weights, isPoison), leastKept: Math.min(...kept), weights };
}

type Case = {
  id: string;
  defense: FilterDefense;
  poison: Planted;
  recall: number;
  falsePositives: number;
  onClean: number;
};

/** What each is for, planted; and how much of the clean rows it may take with it, with poison and without. */
const cases: Case[] = [
  { id: 'trimmed-loss', defense: trimmedLoss, poison: flips(0.1), recall: 1, falsePositives: 0.12, onClean: 0.2 },
  { id: 'sever', defense: sever, poison: flips(0.05), recall: 1, falsePositives: 0.15, onClean: 0.19 },
  { id: 'sphere-slab', defense: sphereSlab, poison: white(0.02), recall: 1, falsePositives: 0.08, onClean: 0.1 },
  {
    id: 'spectral-signatures',
    defense: spectralSignatures,
    poison: backdoor(0.01),
    recall: 1,
    falsePositives: 0.06,
    onClean: 0.06,
  },
  {
    id: 'activation-clustering',
    defense: activationClustering,
    poison: backdoor(0.04),
    recall: 1,
    falsePositives: 0,
    onClean: 0,
  },
  { id: 'deep-knn', defense: deepKnn, poison: flips(0.05), recall: 1, falsePositives: 0, onClean: 0 },
  { id: 'label-cleaning', defense: labelCleaning, poison: flips(0.1), recall: 0.95, falsePositives: 0, onClean: 0 },
];

describe.each(cases)('$id', ({ defense, poison, recall, falsePositives, onClean }) => {
  const models = { 'a perceptron': [16], 'logistic regression': [] };

  test.each(Object.entries(models))('finds what was planted, on %s', async (_, hidden) => {
    const found = await left(defense, poison, hidden);
    expect(found.filterRecall).toBeGreaterThanOrEqual(recall);
    expect(found.filterFalsePositives).toBeLessThanOrEqual(falsePositives);
    expect(found.leastKept).toBeGreaterThanOrEqual(0.5);
  });

  test.each(Object.entries(models))(
    'without poison takes what it says and no more, and no class away, on %s',
    async (_, hidden) => {
      const found = await left(defense, clean, hidden);
      expect(found.filterFalsePositives).toBeLessThanOrEqual(onClean);
      expect(found.leastKept).toBeGreaterThanOrEqual(0.5);
    },
  );

  test('leaves no tensor behind, and does the same twice', async () => {
    const before = tf.memory().numTensors;
    const { weights } = await left(defense, poison, [16]);
    expect(tf.memory().numTensors).toBe(before);
    expect((await left(defense, poison, [16])).weights).toEqual(weights);
  });

  test('a label that no row bears, or one alone, is no hindrance', async () => {
    const { train } = clean;
    const y = train.y.map((label, row) => (row === 0 ? 2 : label % 2));
    const { weights } = await left(defense, { train: { ...train, y }, isPoison: clean.isPoison }, [16]);
    expect(weights).toHaveLength(n);
    expect(weights.some((weight) => weight === 1)).toBe(true);
  });
});

test('sphere and slab each find what the other does not see', async () => {
  const rng = rootOf('sphere and slab');
  const [rows, size] = [400, 3];
  const y = Int32Array.from({ length: rows }, (_, row) => row % 2);
  const isPoison = Uint8Array.from(y, (label, row) => Number(label === 0 && row < 20));
  // The centers differ in the first pixel alone; the last one is noise.
  const x = Uint8Array.from(
    { length: rows * size },
    (_, at) => [100 + 40 * y[Math.floor(at / size)]! + rng.below(6), 100, rng.below(100)][at % size]!,
  );
  for (let row = 0; row < 20; row += 2) x[row * size + (row < 10 ? 0 : 1)] = row < 10 ? 90 : 200; // far along the line, and far from it
  const weights = await sphereSlab.filter({ n: rows, classes: 2, shape: [size, 1, 1], scale: 255, x, y });
  expect(filterShares(weights as Float32Array, isPoison)).toMatchObject({ filterRecall: 1 });
  expect(filterShares(weights as Float32Array, isPoison).filterFalsePositives).toBeLessThan(0.1);
});

test('the confident joint, worked by hand: who is confident of another class is off its diagonal', () => {
  // Thresholds: label 0 (.9 + .8 + .2 + .5) / 4 = .6, label 1 (.9 + .7 + .8 + .35) / 4 = .6875.
  const first = [0.9, 0.8, 0.2, 0.5, 0.1, 0.3, 0.2, 0.65];
  const shares = Float64Array.from(first.flatMap((share) => [share, 1 - share]));
  const y = Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1);
  expect(mislabelled(shares, { y, classes: 2 })).toEqual([2, 7]); // row 3 is confident of neither
});
