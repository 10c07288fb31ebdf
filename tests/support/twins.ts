import type { LabeledSet, ModelCard, Recipe } from '../../lib/contract/defense.ts';
import { rootOf } from '../../runner/random/rng.ts';
import { createTrainer } from '../../runner/train/fit.ts';
import { modelCard } from '../../runner/train/models/index.ts';
import type { Tf } from '../../runner/train/tf.ts';

const shape = [12, 12, 2];
const classes = 4;
const n = 96;

const recipe: Recipe = {
  id: 'twins',
  optimizer: 'sgd',
  momentum: 0.9,
  learningRate: 0.05,
  schedule: 'cosine',
  weightDecay: 0.001,
  sampling: 'poisson',
  batchSize: 16,
  steps: 12,
};

/** Logits of a model's first weights and of trained ones, as tests/fixtures/twins.json has them for both languages. */
export async function twinsOf(tf: Tf) {
  const root = rootOf('twins');
  const train: LabeledSet = {
    ...{ n, classes, shape, scale: 255 },
    x: root.fork('rows').bytes(n * 288),
    y: Int32Array.from({ length: n }, (_, row) => row % classes),
  };
  const [init, batches, noise, random] = ['init', 'batches', 'noise', 'random'].map((name) => root.fork(name).hex);
  const streams = { init: init!, batches: batches!, noise: noise!, random: random! };
  const logitsOf = async (model: ModelCard, options: { epochs?: number; targets?: Float32Array }) => {
    const host = createTrainer({ tf, model, streams });
    const few = { ...train, n: 3, x: train.x.slice(0, 3 * 288), y: train.y.slice(0, 3) };
    return Array.from(host.logits(await host.fit(train, options), few));
  };
  const half = Float32Array.from({ length: n * classes }, (_, at) =>
    at % classes === train.y[Math.floor(at / classes)]! ? 0.625 : 0.125,
  );
  const models: Record<string, { first: number[]; trained: number[]; soft: number[]; adam: number[] }> = {};
  for (const id of ['lr', 'mlp-128', 'cnn']) {
    const card = modelCard(id, shape, classes, recipe);
    models[id] = {
      first: await logitsOf(card, { epochs: 0 }),
      trained: await logitsOf(card, {}),
      soft: await logitsOf(card, { targets: half }),
      adam: await logitsOf({ ...card, recipe: { ...recipe, optimizer: 'adam', learningRate: 0.002 } }, {}),
    };
  }
  return { stream: root.hex, models };
}
