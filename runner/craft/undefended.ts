import { coreRecipe } from '../../lib/catalog/recipes.ts';
import type { LabeledSet, ModelCard, Weights } from '../../lib/contract/defense.ts';
import type { Streams } from '../../lib/contract/task.ts';
import none from '../defenses/modules/none.ts';
import type { Predict } from '../metrics/index.ts';
import { labelsOf } from '../metrics/labels.ts';
import { createTrainer } from '../train/fit.ts';
import { modelCard } from '../train/models/index.ts';
import { logitsOf } from '../train/predict.ts';
import type { Tf } from '../train/tf.ts';
import { type Run, trainingStreams } from './streams.ts';

/** Trains a model without a defense. */
export type Trainer = (model: ModelCard, streams: Streams, train: LabeledSet) => Promise<Weights>;

/** What trains, and what predicts. */
export type Undefended = { readonly tf: Tf; readonly train: Trainer };

/**
 * The engine of this process does both. It trains with the shape of baseline `none`, as the jail does, to the last bit.
 */
export const usual = (tf: Tf): Undefended => ({
  tf,
  train: (model, streams, train) => createTrainer({ tf, model, streams }).fit(train, { shape: none.shape }),
});

/**
 * Trains the model that baseline `none` trains in the jail, from the trial's streams. With other `steps` it is a full
 * schedule of that length, on the same streams. What is returned gives rows their logits, [n, classes].
 */
export async function undefendedLogits(
  by: Undefended,
  run: Run,
  train: LabeledSet,
  steps = coreRecipe(run.dataset).steps,
): Promise<(rows: LabeledSet) => Float32Array> {
  const model = modelCard(run.model, train.shape, train.classes, { ...coreRecipe(run.dataset), steps });
  const weights = await by.train(model, trainingStreams(run), train);
  return (rows) => logitsOf(by.tf, model, weights, rows);
}

/** The same, but what is returned gives rows their labels. */
export async function trainUndefended(...given: Parameters<typeof undefendedLogits>): Promise<Predict> {
  const logits = await undefendedLogits(...given);
  return (rows) => labelsOf(logits(rows), rows.n);
}
