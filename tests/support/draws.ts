import { denseLayers } from '../../lib/catalog/models/dense.ts';
import type { Layer, Recipe } from '../../lib/contract/defense.ts';
import { hexSha256 } from '../../runner/host/sha256.ts';
import { rootOf } from '../../runner/random/rng.ts';
import { batchesOf } from '../../runner/train/batches.ts';
import { initialParameters } from '../../runner/train/initial.ts';
import { cardOf } from '../../runner/train/models/card.ts';
import { networkOf } from '../../runner/train/network.ts';
import { learningRates } from '../../runner/train/schedule.ts';
import type { Tf } from '../../runner/train/tf.ts';

const recipe: Recipe = {
  id: 'draws',
  optimizer: 'sgd',
  momentum: 0.9,
  learningRate: 0.1,
  schedule: 'cosine',
  weightDecay: 0,
  sampling: 'poisson',
  batchSize: 64,
  steps: 10,
};

const hashOf = (values: ArrayBufferView) =>
  hexSha256(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));

/** What a trial draws from a stream, as tests/fixtures/draws.json has it for the engines of both languages. */
export function drawsOf(tf: Tf) {
  const root = rootOf('draws');
  const rng = root.fork('numbers');
  const batches = (sampling: Recipe['sampling'], n: number, batchSize: number, times: number) => {
    const draw = batchesOf(sampling, n, batchSize, root.fork(`${sampling} ${n}`));
    return Array.from({ length: times }, () => Array.from(draw()));
  };
  const hashed = (sampling: Recipe['sampling'], n: number, batchSize: number, times: number) =>
    hashOf(Int32Array.from(batches(sampling, n, batchSize, times).flat()));
  const initial = (layers: Layer[], shape: number[]) =>
    hashOf(initialParameters(networkOf(tf, cardOf('draws', layers, shape, recipe)), root.fork('init')));
  return {
    stream: root.hex,
    uniforms: Array.from({ length: 5 }, () => rng.uniform()),
    below: Array.from({ length: 5 }, () => rng.below(3_000_000_000)),
    poisson: batches('poisson', 40, 4, 6),
    shuffle: batches('shuffle', 10, 4, 5),
    manyPoisson: hashed('poisson', 12_000, 256, 400),
    manyShuffled: hashed('shuffle', 12_000, 256, 100),
    perceptron: initial(denseLayers([32], 10), [28, 28, 1]),
    convolution: initial([{ kind: 'conv', units: 8, activation: 'relu' }, ...denseLayers([16], 10)], [8, 8, 3]),
    rates: Array.from(learningRates(recipe, 5)),
  };
}
