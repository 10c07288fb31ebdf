import type { LabeledSet, ModelCard, ShapeDefense, Weights } from '../../lib/contract/defense.ts';
import type { Streams } from '../../lib/contract/task.ts';
import { rngOf } from '../random/rng.ts';
import { createTrainer } from './fit.ts';
import { initialParameters } from './initial.ts';
import { flatten, networkOf, unflatten } from './network.ts';
import { copyOf, freshMemory, type Memory } from './optimizer.ts';
import type { Pass } from './pass.ts';
import { beginRun } from './run.ts';
import { learningRates } from './schedule.ts';
import type { Tf } from './tf.ts';

/** All of a trained model that training goes on from: the weights and what the optimizer remembers. */
export type Checkpoint = { readonly weights: Weights; readonly memory: Memory };

type Given = {
  readonly tf: Tf;
  readonly model: ModelCard;
  readonly train: LabeledSet;
  readonly streams: Streams;
  readonly epochs: number;
  /** Where training goes on from; from fresh weights where there is none. */
  readonly from?: Checkpoint;
  readonly shape?: ShapeDefense['shape'] | undefined;
  /** Shown each step before the parameters move; it changes nothing. */
  readonly observe?: ((pass: Pass) => void) | undefined;
};

/**
 * Trains by the model's recipe and hands out a checkpoint after every epoch of ⌊n / batch⌋ steps. Whoever stops asking
 * stops the training. From fresh weights the last one is what `fit` gives for as many epochs, to the bit.
 */
export async function* trainEpochs({
  tf,
  model,
  train,
  streams,
  epochs,
  from,
  shape,
  observe,
}: Given): AsyncGenerator<Checkpoint> {
  const network = networkOf(tf, model);
  const { recipe } = model;
  const stepsPerEpoch = Math.max(1, Math.floor(train.n / recipe.batchSize));
  const parameters = from ? flatten(model, from.weights) : initialParameters(network, rngOf(streams.init));
  const memory = from ? copyOf(from.memory) : freshMemory(recipe, network.size);
  const run = beginRun({
    network,
    recipe,
    train,
    shape,
    parameters,
    memory,
    rates: learningRates(recipe, epochs * stepsPerEpoch),
    draws: { batches: rngOf(streams.batches), noise: rngOf(streams.noise) },
    host: createTrainer({ tf, model, streams }),
    observe,
  });
  try {
    for (let epoch = 0; epoch < epochs; epoch++) {
      await run.advance(stepsPerEpoch);
      yield { weights: unflatten(model, parameters), memory: copyOf(memory) };
    }
  } finally {
    run.end();
  }
}
