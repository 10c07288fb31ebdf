import { z } from 'zod';
import { Sha256 } from './ids.ts';
import { Engine, Harness, ModuleRef, TrialResult } from './result.ts';

/** A value with its 95 % interval; low and high are null below 5 seeds. n: scored seeds. */
export const Estimate = z.strictObject({
  value: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.int().nonnegative(),
});
export type Estimate = z.infer<typeof Estimate>;

export const Scores = z.strictObject({
  worst: Estimate.extend({ family: z.string() }).nullable(),
  mean: Estimate.nullable(),
  utility: Estimate.nullable(),
  gain: Estimate.nullable(),
  cost: Estimate.nullable(),
  families: z.record(z.string(), Estimate.nullable()),
  scenarios: z.record(z.string(), Estimate.nullable()),
  flags: z.array(z.string()),
});
export type Scores = z.infer<typeof Scores>;

/**
 * After an epoch, the mean gradient of the poison rows against that of the clean rows, over the last layer's kernel:
 * how much longer, and the cosine of the angle between them. Null where one of them is zero, or there are no such rows.
 */
export const EpochArtifact = z.strictObject({
  epoch: z.int().positive(),
  normRatio: z.number().positive().nullable(),
  cosine: z.number().nullable(),
});
export type EpochArtifact = z.infer<typeof EpochArtifact>;

/**
 * `artifacts` is there where they were asked for; null of a trial without poison, and of one that left no weights of
 * its epochs.
 */
export const ReportTrial = TrialResult.extend({ artifacts: z.array(EpochArtifact).nullable().optional() });
export type ReportTrial = z.infer<typeof ReportTrial>;

export const ReferenceCell = z.strictObject({
  scenario: z.string(),
  budget: z.number(),
  clean: z.number(),
  attacked: z.number(),
  effect: Estimate,
  bites: z.boolean(),
});
export type ReferenceCell = z.infer<typeof ReferenceCell>;

/** What `evaluate` writes and the site shows. The names of its fields are public. */
export const Report = z.strictObject({
  format: z.literal('antidote-report-1'),
  /** `private`: it is of somebody's own suite, and cannot be submitted. */
  suite: z.strictObject({ id: z.string(), digest: Sha256, private: z.literal(true).optional() }),
  module: ModuleRef,
  harness: Harness,
  engine: Engine,
  jailed: z.boolean(),
  trials: z.array(ReportTrial),
  reference: z.strictObject({ engine: z.string(), cells: z.array(ReferenceCell) }),
  scores: Scores,
});
export type Report = z.infer<typeof Report>;

const CleanRun = z.strictObject({ dataset: z.string(), model: z.string(), seed: z.int(), accuracy: z.number() });

/**
 * The undefended numbers of a suite on one backend, by seed: what scores are measured against. Made by `suite
 * calibrate`, committed beside the suite.
 */
export const Reference = z.strictObject({
  format: z.literal('antidote-reference-1'),
  suite: z.strictObject({ id: z.string(), digest: Sha256 }),
  engine: Engine,
  harness: Harness,
  /** Clean accuracy of the undefended model without poison. */
  clean: z.array(CleanRun),
  /**
   * The share of attacked rows given their true label, by the clean model and by the attacked one; `accuracy` and
   * `success` of the attacked one.
   */
  cells: z.array(
    z.strictObject({
      scenario: z.string(),
      budget: z.number(),
      seed: z.int(),
      clean: z.number(),
      attacked: z.number(),
      accuracy: z.number(),
      success: z.number().nullable(),
    }),
  ),
  /**
   * The same with fewer steps, each a full schedule of its own, at the scored seeds alone: clean accuracy, and the
   * share of attacked rows as above.
   */
  frontier: z
    .array(
      z.strictObject({
        steps: z.int().positive(),
        clean: z.array(CleanRun),
        cells: z.array(
          z.strictObject({ scenario: z.string(), budget: z.number(), seed: z.int(), attacked: z.number() }),
        ),
      }),
    )
    .default([]),
});
export type Reference = z.infer<typeof Reference>;
