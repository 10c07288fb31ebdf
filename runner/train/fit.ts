import type { FitOptions, Host, LabeledSet, ModelCard, Weights } from '../../lib/contract/defense.ts';
import type { Streams } from '../../lib/contract/task.ts';
import { type Rng, rngOf } from '../random/rng.ts';
import { checkOptions } from './fit-options.ts';
import { initialParameters } from './initial.ts';
import { flatten, type Network, networkOf, unflatten } from './network.ts';
import { featuresOf, logitsOf } from './predict.ts';
import { beginRun } from './run.ts';
import { learningRates } from './schedule.ts';
import type { Tf } from './tf.ts';

/** Hears of the weights after each whole epoch of ⌊n / batch⌋ steps, from 1; it changes nothing. */
export type OnEpoch = (weights: Weights, epoch: number) => void;

type Draws = { init: Rng; batches: Rng; noise: Rng };

/**
 * The host of a defense: trains that model by its recipe. The first `fit` of a trainer draws from the streams
 * themselves, so it is the same run for every caller. Later ones draw from forks of the streams, by the number of the
 * call. The harness trains with a trainer of its own; what a defense tried before with another does not change it. The
 * same streams give the same bits (see openEngine).
 */
export function createTrainer(given: {
  tf: Tf;
  model: ModelCard;
  streams: Streams;
  log?: Host['log'];
  onEpoch?: OnEpoch | undefined;
}): Host {
  const { tf, model, streams, log = () => {}, onEpoch = () => {} } = given;
  const random = rngOf(streams.random);
  const network = networkOf(tf, model);
  let fits = 0;
  const host: Host = {
    tf,
    fit(train, options = {}) {
      const stream = (name: 'init' | 'batches' | 'noise') =>
        fits === 0 ? rngOf(streams[name]) : rngOf(streams[name]).fork(`fit ${fits}`);
      const draws = { init: stream('init'), batches: stream('batches'), noise: stream('noise') };
      fits++;
      return trainModel(network, model, train, options, draws, { host, onEpoch });
    },
    logits: (weights, rows) => logitsOf(tf, model, weights, rows),
    features: (weights, rows) => featuresOf(tf, model, weights, rows),
    random: () => random.uniform(),
    log,
  };
  return host;
}

/**
 * Trains by the recipe but for the options given: `epochs` sets the steps to epochs · ⌊n / batch⌋, a batch size alone
 * leaves them. Rows of weight 0 leave before batching: steps and expected size stay, the sampling rate becomes expected
 * size / rows left. The weight of another row multiplies its loss. Targets stand in place of labels. Without `shape`
 * the step's gradient is Σ w_i g_i / expected size.
 */
async function trainModel(
  network: Network,
  model: ModelCard,
  train: LabeledSet,
  options: FitOptions,
  draws: Draws,
  { host, onEpoch }: { host: Host; onEpoch: OnEpoch },
): Promise<Weights> {
  checkOptions(options);
  const recipe = { ...model.recipe, ...defined({ batchSize: options.batchSize, learningRate: options.learningRate }) };
  const epochSteps = Math.max(1, Math.floor(train.n / recipe.batchSize));
  const steps = options.epochs === undefined ? recipe.steps : Math.round(options.epochs * epochSteps);
  const parameters = options.init ? flatten(model, options.init) : initialParameters(network, draws.init);
  const { weights: rowWeights, targets, shape } = options;
  const run = beginRun({
    network,
    recipe,
    train,
    rowWeights,
    targets,
    shape,
    parameters,
    rates: learningRates(recipe, steps),
    draws,
    host,
  });
  const epochs = Math.floor(steps / epochSteps);
  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      await run.advance(epochSteps);
      onEpoch(unflatten(model, parameters), epoch);
    }
    await run.advance(steps - epochs * epochSteps);
  } finally {
    run.end();
  }
  return unflatten(model, parameters);
}

const defined = <T extends object>(options: T) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
