import type { FitOptions, Host, LabeledSet, ModelCard, ShapeDefense, Weights } from '../../lib/benchmark/defense.ts';
import type { TaskFile } from '../../lib/benchmark/task.ts';
import { type Rng, rngOf } from '../rng.ts';
import type { Tf } from '../tf.ts';
import { batchesOf } from './batches.ts';
import { initialParameters } from './initial.ts';
import { flatten, type Network, networkOf, unflatten } from './network.ts';
import { optimizerOf } from './optimizer.ts';
import { featuresOf, logitsOf } from './predict.ts';
import { checkRows, pixelSquaresOf, pixelsOf } from './rows.ts';
import { learningRates } from './schedule.ts';
import { takeStep } from './take-step.ts';

type Draws = { init: Rng; batches: Rng; noise: Rng };

/**
 * The host of a defense: trains that model by its recipe. The first `fit` of a trainer draws from the streams as they are, so that it is the same
 * run for whoever calls it first; later ones draw from forks of them by number. The harness therefore trains with a trainer of its own, whatever
 * a defense tried before with another. The same streams give the same bits (see openEngine).
 */
export function createTrainer(given: { tf: Tf; model: ModelCard; streams: TaskFile['streams']; log?: Host['log'] }): Host {
  const { tf, model, streams, log = () => {} } = given;
  const random = rngOf(streams.random);
  const network = networkOf(tf, model);
  let fits = 0;
  const host: Host = {
    tf,
    fit(train, options = {}) {
      const stream = (name: 'init' | 'batches' | 'noise') => (fits === 0 ? rngOf(streams[name]) : rngOf(streams[name]).fork(`fit ${fits}`));
      const draws = { init: stream('init'), batches: stream('batches'), noise: stream('noise') };
      fits++;
      return trainModel(network, model, train, options, draws, host);
    },
    logits: (weights, rows) => logitsOf(tf, model, weights, rows),
    features: (weights, rows) => featuresOf(tf, model, weights, rows),
    random: () => random.uniform(),
    log,
  };
  return host;
}

/**
 * Trains by the recipe but for the options given: `epochs` sets the steps to epochs · ⌊n / batch⌋, a batch size alone leaves them.
 * Rows of weight 0 leave before batching: steps and expected size stay, the sampling rate becomes expected size / rows left. The weight of
 * another row multiplies its loss. Without `shape` the step's gradient is Σ w_i g_i / expected size.
 */
async function trainModel(network: Network, model: ModelCard, train: LabeledSet, options: FitOptions, draws: Draws, host: Host): Promise<Weights> {
  const recipe = { ...model.recipe, ...defined({ batchSize: options.batchSize, learningRate: options.learningRate }) };
  if (!(Number.isInteger(recipe.batchSize) && recipe.batchSize > 0)) throw new RangeError(`fit: batchSize=${recipe.batchSize}, want a whole number from 1`);
  const inputs = network.layers[0]!.inputs;
  checkRows(train, inputs, network.layers.at(-1)!.units);
  const kept = keptRows(train, options.weights);
  const steps = options.epochs === undefined ? recipe.steps : Math.round(options.epochs * Math.max(1, Math.floor(train.n / recipe.batchSize)));
  const rates = learningRates(recipe, steps);
  const batches = batchesOf(recipe.sampling, kept.length, recipe.batchSize, draws.batches);
  const parameters = options.init ? flatten(model, options.init) : initialParameters(network, draws.init);
  const course = { network, parameters, optimize: optimizerOf(recipe, network.size), shape: options.shape ?? plain, expectedSize: recipe.batchSize };
  const pixelSquares = pixelSquaresOf(train, inputs);
  const buffer = new Float32Array(Math.min(2 * recipe.batchSize, train.n) * inputs);
  for (let index = 0; index < steps; index++) {
    const rows = batches().map((place) => kept[place]!);
    const batch = {
      pixels: pixelsOf(network.tf, train, rows, inputs, buffer),
      pixelSquares: () => pixelSquares(rows),
      scale: train.scale,
      labels: Int32Array.from(rows, (row) => train.y[row]!),
      rowWeights: options.weights ? Float32Array.from(rows, (row) => options.weights![row]!) : null,
    };
    await takeStep(course, batch, index, rates[index]!, draws.noise, host);
  }
  return unflatten(model, parameters);
}

/** The mean gradient, by the expected size: what an undefended step takes. */
export const plain: ShapeDefense['shape'] = (step) => step.sum(new Float32Array(step.size).fill(1)).times(1 / step.expectedSize);

function keptRows({ n }: LabeledSet, weights: Float32Array | undefined): Int32Array {
  const all = Int32Array.from({ length: n }, (_, row) => row);
  if (!weights) return all;
  if (weights.length !== n) throw new RangeError(`fit: ${weights.length} row weights, want ${n}`);
  const wrong = weights.findIndex((weight) => !(weight >= 0 && weight <= 1));
  if (wrong >= 0) throw new RangeError(`fit: weight ${weights[wrong]} of row ${wrong}, want 0 … 1`);
  return all.filter((row) => weights[row]! > 0);
}

const defined = <T extends object>(options: T) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: NonNullable<T[K]> };
