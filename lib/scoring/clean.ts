import type { TrialResult } from '../contract/result.ts';
import { cleanScenario, type Scenario, type Suite } from '../contract/suite.ts';
import { mean } from './stats.ts';

/** By seed, the clean accuracy averaged over the suite's models; only seeds with all of them. */
export type CleanBySeed = ReadonlyMap<number, number>;

export type CleanRun = {
  readonly dataset: string;
  readonly model: string;
  readonly seed: number;
  readonly accuracy: number;
};

export function cleanBySeed(suite: Suite, runs: readonly CleanRun[]): CleanBySeed {
  const models = [...new Set(suite.scenarios.map(cleanScenario))];
  const known = new Map(
    runs.map(({ dataset, model, seed, accuracy }) => [`clean-${dataset}-${model} ${seed}`, accuracy]),
  );
  const seeds = [...new Set(runs.map(({ seed }) => seed))].filter((seed) =>
    models.every((model) => known.has(`${model} ${seed}`)),
  );
  return new Map(seeds.map((seed) => [seed, mean(models.map((model) => known.get(`${model} ${seed}`)!))]));
}

/** The clean accuracy on the data set and with the model of one scenario. */
export const cleanBeside = (of: Pick<Scenario, 'dataset' | 'model'>, runs: readonly CleanRun[]): CleanBySeed =>
  new Map(
    runs
      .filter(({ dataset, model }) => dataset === of.dataset && model === of.model)
      .map(({ seed, accuracy }) => [seed, accuracy]),
  );

/** A failed clean run has accuracy 0. */
export const cleanRunsOf = (trials: readonly TrialResult[]): CleanRun[] =>
  trials.filter(({ budget }) => budget === 0).map((trial) => ({ ...trial, accuracy: trial.cleanAccuracy ?? 0 }));

export const cleanOf = (suite: Suite, trials: readonly TrialResult[]): CleanBySeed =>
  cleanBySeed(suite, cleanRunsOf(trials));
