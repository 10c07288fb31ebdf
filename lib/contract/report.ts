import { z } from 'zod';
import { JailName, Sha256 } from './ids.ts';
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
  /** Of a suite that is scored by version 2: the gain in each family. */
  gains: z.record(z.string(), Estimate.nullable()).optional(),
  /** The same: the cells of the adaptive family that are the entry's worst, and the seeds that each is scored on. */
  chosen: z.array(z.strictObject({ scenario: z.string(), budget: z.number(), seeds: z.array(z.int()) })).optional(),
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
  /** How much of the score the attack takes from the undefended model; version 2 counts collateral too. */
  effect: Estimate,
  bites: z.boolean(),
  /** The share of the damage that biases alone undo, tuned on the test rows; of version 2 alone. */
  bias: z.number().optional(),
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
  /** Reports of older harnesses do not name it. */
  jail: JailName.optional(),
  trials: z.array(ReportTrial),
  reference: z.strictObject({ engine: z.string(), cells: z.array(ReferenceCell) }),
  scores: Scores,
});
export type Report = z.infer<typeof Report>;

/** By class, the share of its clean test rows that are given their label. Of suites that are scored by version 2. */
const Recalls = z.array(z.number().min(0).max(1));

const CleanRun = z.strictObject({
  dataset: z.string(),
  model: z.string(),
  seed: z.int(),
  accuracy: z.number(),
  recalls: Recalls.optional(),
});

/** A run under attack: the share of attacked rows given their true label. */
const AttackedRun = z.strictObject({
  scenario: z.string(),
  budget: z.number(),
  seed: z.int(),
  attacked: z.number(),
  recalls: Recalls.optional(),
});

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
   * `success` of the attacked one. Of version 2: its `recalls` and `commonestClass`, and the classes whose recall must
   * hold, `others`.
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
      recalls: Recalls.optional(),
      commonestClass: z.number().optional(),
      others: z.array(z.int().nonnegative()).optional(),
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
        cells: z.array(AttackedRun),
      }),
    )
    .default([]),
  /**
   * Of version 2: the undefended attacked model with one bias a class, tuned on the test rows with full knowledge of
   * the cell. What guessing could buy at most, nearly.
   */
  bias: z.array(AttackedRun.extend({ biases: z.array(z.number()) })).optional(),
});
export type Reference = z.infer<typeof Reference>;
