import { z } from 'zod';
import { Backend, type FailureReason, Family, JailName, Outcome, RowKind, Sha256, Slug } from './ids.ts';
import { metricSchemas, noMetrics } from './metrics.ts';
import { Trial, type TrialSpec } from './suite.ts';

/** What was measured of one trial. A number that does not apply, or that there is none of, is null, never 0. */
export const TrialResult = Trial.extend({
  attack: Slug.nullable(),
  family: Family.nullable(),
  dataset: Slug,
  model: Slug,
  outcome: Outcome,
  /** One sentence for a person where it was not scored. */
  detail: z.string().max(2000).nullable(),
  ...metricSchemas,
  /** Wall time in the jail. */
  seconds: z.number().nonnegative().nullable(),
  /**
   * Wall time of the undefended training of this dataset and model, measured on the same runner and engine shortly
   * before: undefended-time.ts says how long.
   */
  undefendedSeconds: z.number().positive().nullable(),
  peakBytes: z.int().nonnegative().nullable(),
});
export type TrialResult = z.infer<typeof TrialResult>;

export const Engine = z.strictObject({
  backend: Backend,
  /**
   * Of TensorFlow, of TensorFlow.js for wasm, of PyTorch. `numpy 2.4.6`: what a module in Python trains with that has
   * no PyTorch.
   */
  version: z.string(),
  threads: z.int().positive(),
  cpu: z.string(),
  gpu: z.string().nullable(),
});
export type Engine = z.infer<typeof Engine>;

export const Harness = z.strictObject({ version: z.string(), digest: Sha256 });
export type Harness = z.infer<typeof Harness>;

/** `control`: made by the harness itself, outside the jail; its sha256 is that of the words `control:<id>`. */
export const ModuleRef = z.strictObject({
  sha256: Sha256,
  bytes: z.int().nonnegative(),
  kind: RowKind,
});
export type ModuleRef = z.infer<typeof ModuleRef>;

/** What a runner signs: the outcome of one attempt at a job. */
export const JobResult = z.strictObject({
  format: z.literal('antidote-result-1'),
  job: z.uuid(),
  attempt: z.int().positive(),
  suite: z.strictObject({ id: z.string(), digest: Sha256 }),
  module: ModuleRef,
  harness: Harness,
  engine: Engine,
  /** False only for the harness's own baselines on a machine without a jail. */
  jailed: z.boolean(),
  /** Results of older harnesses do not name it. */
  jail: JailName.optional(),
  trials: z.array(TrialResult).min(1),
});
export type JobResult = z.infer<typeof JobResult>;

/** What a result says of its trial: the trial itself, its attack, data set and model. */
export function resultHead({ scenario, budget, seed, dataset, model, attack }: TrialSpec) {
  return {
    scenario,
    budget,
    seed,
    attack: attack?.attack ?? null,
    family: attack?.family ?? null,
    dataset,
    model,
  };
}

export type Failure = { readonly reason: FailureReason; readonly detail: string };

/** The result of a trial that has no weights to score. */
export function failedTrial(
  trial: TrialSpec,
  { reason, detail }: Failure,
  cost: Pick<TrialResult, 'seconds' | 'undefendedSeconds' | 'peakBytes'>,
): TrialResult {
  return {
    ...resultHead(trial),
    outcome: reason,
    detail,
    ...noMetrics,
    ...cost,
  };
}
