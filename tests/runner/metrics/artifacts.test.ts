import { beforeAll, describe, expect, test } from 'vitest';
import type { ModelCard, Weights } from '../../../lib/contract/defense.ts';
import { ArtifactMeter, artifactsOf, type GradientArtifact } from '../../../runner/metrics/artifacts.ts';
import { streamsOf } from '../../../runner/random/rng.ts';
import { trainEpochs } from '../../../runner/train/epochs.ts';
import { networkOf } from '../../../runner/train/network.ts';
import { openEngine, type Tf } from '../../../runner/train/tf.ts';
import { gradientOf } from '../../support/reference-network.ts';
import { toyModel, toyRows } from '../../support/toy.ts';

const rows = toyRows(24);
const isPoison = (row: number) => row % 4 === 1;
let tf: Tf;
beforeAll(async () => {
  ({ tf } = await openEngine('wasm'));
});

/** Of one set of weights, on those rows, by the slow oracle. */
function wanted(
  model: ModelCard,
  weights: Weights,
  places: readonly number[],
): { poison: Float64Array; clean: Float64Array } {
  const size = model.weights.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  const units = model.weights.at(-1)!.shape[0]!;
  const last = model.weights.at(-2)!.shape.reduce((a, b) => a * b, 1);
  const meanOf = (chosen: readonly number[]) =>
    chosen
      .map((row) => gradientOf(model, weights, rows, row).subarray(size - units - last, size - units))
      .reduce((sum, gradient) => sum.map((value, at) => value + gradient[at]! / chosen.length), new Float64Array(last));
  return { poison: meanOf(places.filter(isPoison)), clean: meanOf(places.filter((row) => !isPoison(row))) };
}

function compared(poison: Float64Array, clean: Float64Array): GradientArtifact {
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, at) => sum + value * b[at]!, 0);
  return {
    ratio: Math.hypot(...poison) / Math.hypot(...clean),
    cosine: dot(poison, clean) / (Math.hypot(...poison) * Math.hypot(...clean)),
  };
}

const close = (got: GradientArtifact | null, want: GradientArtifact) => {
  expect(got!.ratio / want.ratio).toBeCloseTo(1, 4);
  expect(got!.cosine).toBeCloseTo(want.cosine, 4);
};

describe.each([
  ['logistic regression', []],
  ['one hidden layer', [8]],
] as const)('gradient artifacts of %s, against float64 loops', (_, hidden) => {
  const model = toyModel(hidden, { sampling: 'shuffle', schedule: 'constant', batchSize: 8 });
  const training = () => ({ tf, model, train: rows, streams: streamsOf('toy', 'toy', 0) });

  test('each batch before its update, averaged over the batches that have such rows', async () => {
    const meter = new ArtifactMeter(networkOf(tf, model), isPoison);
    const batches: number[][] = [];
    const before: Weights[] = [];
    const epoch = trainEpochs({
      ...training(),
      model: { ...model, recipe: { ...model.recipe, learningRate: 0 } },
      epochs: 1,
      observe: (pass) => {
        meter.observe(pass);
        batches.push([...pass.batch.rows]);
      },
    });
    for await (const { weights } of epoch) before.push(weights); // the rate is 0: they stand still
    const sides = batches.map((places) => wanted(model, before[0]!, places));
    const average = (side: 'poison' | 'clean') => {
      const present = sides.filter((one) => one[side].some((value) => value !== 0));
      return present.reduce(
        (sum, one) => sum.map((value, at) => value + one[side][at]! / present.length),
        new Float64Array(sides[0]![side].length),
      );
    };
    close(meter.take(), compared(average('poison'), average('clean')));
    expect(meter.take()).toBeNull();
  });

  test('of weights that a defense handed back, one artifact per epoch', async () => {
    const epochs: Weights[] = [];
    for await (const { weights } of trainEpochs({ ...training(), epochs: 2 })) epochs.push(weights);
    const got = artifactsOf(tf, model, epochs, rows, isPoison);
    expect(got).toHaveLength(2);
    for (const [index, artifact] of got.entries()) {
      const { poison, clean } = wanted(model, epochs[index]!, [...Array(rows.n).keys()]);
      close(artifact, compared(poison, clean));
    }
  });

  test('without poison there is none, and no tensor is left behind', async () => {
    const tensors = tf.memory().numTensors;
    const epochs: Weights[] = [];
    for await (const { weights } of trainEpochs({ ...training(), epochs: 1 })) epochs.push(weights);
    expect(artifactsOf(tf, model, epochs, rows, () => false)).toEqual([null]);
    expect(tf.memory().numTensors).toBe(tensors);
  });
});
