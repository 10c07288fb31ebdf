import { join } from 'node:path';
import type { ControlId } from '../../lib/catalog/baselines/index.ts';
import { coreRecipe } from '../../lib/catalog/recipes.ts';
import type { LabeledSet } from '../../lib/contract/defense.ts';
import type { DefenseKind } from '../../lib/contract/ids.ts';
import { trialSeconds } from '../../lib/contract/limits.ts';
import type { EpochArtifact } from '../../lib/contract/report.ts';
import { failedTrial, type TrialResult } from '../../lib/contract/result.ts';
import { type Suite, specOf, type Trial, trialKey } from '../../lib/contract/suite.ts';
import { type TrialData, trialData } from '../craft/trial-data.ts';
import { controlWeights } from '../defenses/controls.ts';
import { DefenseFailed } from '../errors.ts';
import { defaultLimits } from '../jail/jail.ts';
import { epochsFrom, rowWeightsFrom, weightsFrom } from '../jail/outcome.ts';
import { plainText } from '../jail/plain-text.ts';
import { certifiedAccuracy } from '../metrics/certified.ts';
import { epochArtifacts } from '../metrics/epoch-artifacts.ts';
import { filterShares } from '../metrics/filter.ts';
import { measure } from '../metrics/index.ts';
import { labelsOf } from '../metrics/labels.ts';
import { pluralityOf } from '../metrics/vote.ts';
import { rootOf } from '../random/rng.ts';
import { modelCard } from '../train/models/index.ts';
import { logitsOf } from '../train/predict.ts';
import type { Spent } from './spent.ts';
import { staticFailure } from './static-failure.ts';
import { type Training, trainInJail, type Workshop } from './train-in-jail.ts';
import { undefendedSeconds } from './undefended-time.ts';

export type TrialDefense =
  | { readonly kind: DefenseKind; readonly code: string }
  | { readonly kind: 'control'; readonly id: ControlId };

export type TrialContext = Workshop & {
  readonly suite: Suite;
  /** ANTIDOTE_DATA: data sets, built suites, undefended.json. */
  readonly dataDir: string;
  /** Where built suites lie, unless it is `suites` in there. */
  readonly suites?: string;
  /** How many trials run on this machine at once. */
  readonly atOnce: number;
  readonly defense: TrialDefense;
  /** Told what the module printed: at most 64 KiB of plain text. */
  readonly onLog?: (text: string) => void;
  /** Told where a trial's time went, once it has been trained. */
  readonly onSpent?: (spent: Spent) => void;
  /**
   * Told the gradient artifacts of a trial with poison. Where nobody listens, the jail is not asked for the weights
   * after each epoch.
   */
  readonly onArtifacts?: (artifacts: EpochArtifact[]) => void;
};

/**
 * One trial: a function of suite, defense and trial, but for its costs. What the module does wrong is in the result; a
 * throw is our fault, or the caller's who aborted. The time limit is 20 times the undefended run's, and a minute at
 * least.
 */
export async function runTrial(context: TrialContext, trial: Trial): Promise<TrialResult> {
  const { suite, defense, engine } = context;
  const spec = specOf(suite, trial);
  const refused = defense.kind === 'control' ? null : staticFailure(defense.code);
  if (refused)
    return failedTrial(suite, trial, refused.reason, refused.detail, {
      seconds: null,
      undefendedSeconds: null,
      peakBytes: null,
    });

  const undefended = await undefendedSeconds(context, spec);
  const watch = stopwatch();
  const data = await trialData(suite, trial, dirsOf(context));
  const model = modelCard(spec.model, data.train.shape, data.train.classes, coreRecipe(spec.dataset));
  const limits = { ...defaultLimits, seconds: trialSeconds(undefended) };
  const { kind, ...inJail } = placed(defense, data, trial);
  const dataSeconds = watch();
  const run = await trainInJail(
    context,
    { spec, model, train: data.train, kind, ...inJail, epochs: context.onArtifacts !== undefined },
    limits.seconds,
  );
  context.onLog?.(plainText(run.log));
  const jailSeconds = watch();

  const cost = { seconds: run.seconds, undefendedSeconds: undefended, peakBytes: run.peakBytes };
  try {
    const members = weightsFrom(run, limits, model);
    const labels = (rows: LabeledSet) =>
      members.map((weights) => labelsOf(logitsOf(engine.tf, model, weights, rows), rows.n));
    const onTest = labels(data.test);
    const measured = {
      ...measure((rows) => pluralityOf(rows === data.test ? onTest : labels(rows), rows.classes), data),
      ...filterShares(kind === 'filter' ? rowWeightsFrom(run, data.train.n) : null, data.isPoison),
      certified: members.length > 1 ? certifiedAccuracy(onTest, data.test) : null,
    };
    const { dataset, model: modelId, attack } = spec;
    if (context.onArtifacts) {
      const epochs = epochsFrom(run, model);
      if (attack && epochs.length > 0)
        context.onArtifacts(epochArtifacts(engine.tf, model, epochs, data.train, data.isPoison));
    }
    const about = { ...trial, attack: attack?.attack ?? null, family: attack?.family ?? null, dataset, model: modelId };
    return { ...about, outcome: 'scored', detail: null, ...measured, ...cost };
  } catch (error) {
    if (error instanceof DefenseFailed) return failedTrial(suite, trial, error.reason, error.detail, cost);
    throw error;
  } finally {
    context.onSpent?.({ data: dataSeconds, start: jailSeconds - run.seconds, training: run.seconds, scoring: watch() });
  }
}

const dirsOf = ({ dataDir, suites = join(dataDir, 'suites') }: Pick<TrialContext, 'dataDir' | 'suites'>) => ({
  datasets: join(dataDir, 'datasets'),
  suites,
});

/** Seconds since it was asked last. */
function stopwatch(): () => number {
  let before = performance.now();
  return () => {
    const now = performance.now();
    const seconds = (now - before) / 1000;
    before = now;
    return seconds;
  };
}

/** A module goes into the jail as it is; of a control only the weights that the harness made. */
function placed(defense: TrialDefense, { isPoison }: TrialData, trial: Trial): Pick<Training, 'kind' | 'defense'> {
  if (defense.kind !== 'control') return { kind: defense.kind, defense: { code: defense.code } };
  const rng = rootOf(`antidote control\0${defense.id}\0${trialKey(trial)}`);
  return { kind: 'filter', defense: { rowWeights: controlWeights[defense.id](isPoison, rng) } };
}
