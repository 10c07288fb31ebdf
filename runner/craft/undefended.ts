import { coreRecipe } from '../../lib/catalog/recipes.ts';
import type { LabeledSet } from '../../lib/contract/defense.ts';
import none from '../defenses/modules/none.ts';
import type { Predict } from '../metrics/index.ts';
import { labelsOf } from '../metrics/labels.ts';
import { createTrainer } from '../train/fit.ts';
import { modelCard } from '../train/models/index.ts';
import type { Tf } from '../train/tf.ts';
import { type Run, trainingStreams } from './streams.ts';

/**
 * Trains the model that baseline `none` trains in the jail, to the last bit: its shape, the trial's streams, this
 * process's engine. With other `steps` it is a full schedule of that length, on the same streams. What is returned gives
 * rows their logits, [n, classes].
 */
export async function undefendedLogits(
  tf: Tf,
  run: Run,
  train: LabeledSet,
  steps = coreRecipe(run.dataset).steps,
): Promise<(rows: LabeledSet) => Float32Array> {
  const model = modelCard(run.model, train.shape, train.classes, { ...coreRecipe(run.dataset), steps });
  const host = createTrainer({ tf, model, streams: trainingStreams(run) });
  const weights = await host.fit(train, { shape: none.shape });
  return (rows) => host.logits(weights, rows);
}

/** The same, but what is returned gives rows their labels. */
export async function trainUndefended(...given: Parameters<typeof undefendedLogits>): Promise<Predict> {
  const logits = await undefendedLogits(...given);
  return (rows) => labelsOf(logits(rows), rows.n);
}
