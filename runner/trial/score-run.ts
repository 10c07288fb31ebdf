import type { LabeledSet, ModelCard } from '../../lib/contract/defense.ts';
import type { EpochArtifact } from '../../lib/contract/report.ts';
import type { TrialData } from '../craft/trial-data.ts';
import type { JailLimits, JailRun } from '../jail/jail.ts';
import { epochsFrom, rowWeightsFrom, weightsFrom } from '../jail/outcome.ts';
import { epochArtifacts } from '../metrics/epoch-artifacts.ts';
import { filterShares } from '../metrics/filter.ts';
import { type Measured, measure } from '../metrics/index.ts';
import { labelsOf } from '../metrics/labels.ts';
import { pluralityOf } from '../metrics/vote.ts';
import { logitsOf } from '../train/predict.ts';
import type { Tf } from '../train/tf.ts';
import type { Training } from './train-in-jail.ts';
import type { VoteClock } from './vote-clock.ts';

/**
 * The numbers of a run, and its gradient artifacts where the weights after each epoch were asked for. Throws
 * DefenseFailed where the module left no model to score, or one that takes too long to vote.
 */
export function scoreRun(
  tf: Tf,
  run: JailRun,
  limits: JailLimits,
  { model, kind, epochs }: Training,
  data: TrialData,
  votes: VoteClock,
): { scores: Measured; artifacts: EpochArtifact[] | null } {
  const members = weightsFrom(run, limits, model);
  const labels = (rows: LabeledSet) =>
    votes.labels(members, (weights) => labelsOf(logitsOf(tf, model, weights, rows), rows.n));
  const onTest = labels(data.test);
  const predict = (rows: LabeledSet) => pluralityOf(rows === data.test ? onTest : labels(rows), rows.classes);
  const filtered = filterShares(kind === 'filter' ? rowWeightsFrom(run, data.train.n) : null, data.isPoison);
  const scores = measure(predict, data, { votes: onTest, filtered });
  return { scores, artifacts: epochs ? artifactsOf(tf, run, model, data, data.attacked !== null) : null };
}

function artifactsOf(
  tf: Tf,
  run: JailRun,
  model: ModelCard,
  { train, isPoison }: TrialData,
  poisoned: boolean,
): EpochArtifact[] | null {
  const epochs = epochsFrom(run, model); // read in a clean run too: what a module left there is checked in every trial
  return poisoned && epochs.length > 0 ? epochArtifacts(tf, model, epochs, train, isPoison) : null;
}
