import { coreRecipe } from '../../lib/catalog/recipes.ts';
import { trialSeconds } from '../../lib/contract/limits.ts';
import { failedTrial, resultHead } from '../../lib/contract/result.ts';
import { languageOf } from '../../lib/contract/runtime.ts';
import { type TrialSpec, trialKey } from '../../lib/contract/suite.ts';
import { settingOf } from '../craft/setting.ts';
import { trainingStreams } from '../craft/streams.ts';
import { type TrialData, trialData } from '../craft/trial-data.ts';
import type { CheckedDefense } from '../defenses/checked-defense.ts';
import { controlWeights } from '../defenses/controls.ts';
import { DefenseFailed } from '../errors.ts';
import { defaultLimits } from '../jail/jail.ts';
import { plainText } from '../plain-text.ts';
import { rootOf } from '../random/rng.ts';
import { modelCard } from '../train/models/index.ts';
import { scoreRun } from './score-run.ts';
import { stopwatch } from './stopwatch.ts';
import { trainDefended } from './train-defended.ts';
import type { Training } from './train-in-jail.ts';
import type { TrialContext } from './trial-context.ts';
import type { TrialAnswer } from './trial-messages.ts';
import { undefendedSeconds } from './undefended-time.ts';
import { untrained } from './untrained.ts';
import { voteClock } from './vote-clock.ts';

/**
 * One trial: a function of suite, defense and trial, but for its costs. What the module does wrong is in the result; a
 * throw is our fault, or the caller's who aborted. The time limit is 20 times the undefended run's, and a minute at
 * least; the votes of an ensemble count.
 */
export async function runTrial(context: TrialContext, trial: TrialSpec): Promise<TrialAnswer> {
  const { suite, defense, dirs, engine, artifacts: epochs } = context;
  if (defense.refused) return untrained(trial, defense.refused);

  const undefended = await undefendedSeconds(context, trial);
  const limits = { ...defaultLimits, seconds: trialSeconds(undefended) };

  const watch = stopwatch();
  const data = await trialData(suite, trial, dirs);
  const { train } = data;
  const model = modelCard(trial.model, train.shape, train.classes, coreRecipe(trial.dataset));
  const streams = trainingStreams({ ...settingOf(suite, trial), model: trial.model });
  const training: Training = { streams, model, train, ...inJail(defense, data, trial), epochs };
  const dataSeconds = watch();

  const run = await trainDefended(context, training, limits);
  const jailSeconds = watch();

  const log = plainText(run.log);
  const votes = voteClock(limits.seconds - run.seconds);
  const cost = () => ({
    seconds: run.seconds + votes.seconds(),
    undefendedSeconds: undefended,
    peakBytes: run.peakBytes,
  });
  const phases = () => ({
    data: dataSeconds,
    start: jailSeconds - run.seconds,
    training: run.seconds,
    scoring: watch(),
  });
  try {
    const { scores, artifacts } = scoreRun(engine.tf, run, limits, training, data, votes);
    const result = { ...resultHead(trial), outcome: 'scored' as const, detail: null, ...scores, ...cost() };
    return { result, log, phases: phases(), artifacts };
  } catch (error) {
    if (!(error instanceof DefenseFailed)) throw error;
    return { result: failedTrial(trial, error, cost()), log, phases: phases(), artifacts: null };
  }
}

/** A module goes into the jail as it is; of a control only the weights that the harness made. */
function inJail({ kind, runtime, control, code }: CheckedDefense, { isPoison }: TrialData, trial: TrialSpec) {
  if (control === null) return { kind, runtime, defense: { code, language: languageOf(runtime).id } };
  const rng = rootOf(`antidote control\0${control}\0${trialKey(trial)}`);
  return { kind, runtime, defense: { rowWeights: controlWeights[control](isPoison, rng) } };
}
