import type { LabeledSet, ModelCard, Weights } from '../../lib/contract/defense.ts';
import type { EpochArtifact } from '../../lib/contract/report.ts';
import type { Tf } from '../train/tf.ts';
import { artifactsOf } from './artifacts.ts';

/**
 * The gradient artifacts of a training set at the weights after each epoch, as a report lists them. `isPoison`: 1 where
 * a row is poison, [n].
 */
export const epochArtifacts = (
  tf: Tf,
  model: ModelCard,
  epochs: readonly Weights[],
  train: LabeledSet,
  isPoison: Uint8Array,
): EpochArtifact[] =>
  artifactsOf(tf, model, epochs, train, (row) => isPoison[row] === 1).map((artifact, index) => ({
    epoch: index + 1,
    normRatio: artifact?.ratio ?? null,
    cosine: artifact?.cosine ?? null,
  }));
