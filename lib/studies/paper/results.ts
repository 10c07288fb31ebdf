import { z } from 'zod';
import { DatasetId } from '../../catalog/datasets/index.ts';
import { ModelId } from '../../catalog/models/index.ts';
import { Sha256 } from '../../contract/ids.ts';
import { Engine, Harness } from '../../contract/result.ts';
import { ShapingId } from './shapings.ts';

/**
 * What `antidote paper` measured, as it is committed beside the source's numbers: every run by itself, with its seed.
 */

const Share = z.number().min(0).max(1);
const Seed = z.int().nonnegative();

/** One epoch's gradient artifacts; null where no batch of it had both kinds of rows. */
const Artifacts = z.array(
  z.strictObject({ ratio: z.number().nonnegative(), cosine: z.number().min(-1.000001).max(1.000001) }).nullable(),
);

/** Test accuracy after the best epoch, which selects on the test set as the source does, and after the last. */
const Accuracy = { best: Share, last: Share };

/** lr on 3/4 from scratch, with that share of poison appended; rate 0 is clean. */
const IndiscriminateRun = z.strictObject({
  rate: Share,
  shaping: ShapingId,
  seed: Seed,
  ...Accuracy,
  artifacts: Artifacts.nullable(),
});
export type IndiscriminateRun = z.infer<typeof IndiscriminateRun>;

const InsertionRun = z.strictObject({
  model: ModelId,
  /** Side of the square, in pixels; 0 is the model before it is trained on. */
  patch: z.int().nonnegative(),
  seed: Seed,
  ...Accuracy,
  /** Triggered test rows of other classes called the target; null where there is no trigger. */
  success: Share.nullable(),
  artifacts: Artifacts.nullable(),
});
export type InsertionRun = z.infer<typeof InsertionRun>;

const ConvolutionRun = InsertionRun.extend({
  /** On the test set after each epoch. */ accuracies: z.array(Share).min(1),
});
export type ConvolutionRun = z.infer<typeof ConvolutionRun>;

const CollisionRun = z.strictObject({
  dataset: DatasetId,
  model: ModelId,
  /** From fresh weights, or on from a trained model. */
  start: z.enum(['scratch', 'trained']),
  pairs: z.int().positive(),
  alpha: Share,
  seed: Seed,
  ...Accuracy,
  artifacts: Artifacts.nullable(),
});
export type CollisionRun = z.infer<typeof CollisionRun>;

const TargetedRun = z.strictObject({
  dataset: DatasetId,
  model: ModelId,
  shaping: ShapingId,
  seed: Seed,
  /** Row of the test set. */
  target: z.int().nonnegative(),
  /** Whether the same retraining without poison calls it so too. */
  control: z.boolean(),
  /** Single poisons tried, each alone, and whether the last of them succeeded. */
  oneShot: z.strictObject({ tried: z.int().positive(), succeeded: z.boolean() }),
  /** The smallest number of poisons that succeeded together; null where none up to the number tried did. */
  multi: z.strictObject({ tried: z.int().positive(), smallest: z.int().positive().nullable() }),
  /** The same for copies of the target itself under the wanted label, which no attacker has: a bound. */
  copies: z.strictObject({ tried: z.int().positive(), smallest: z.int().positive().nullable() }),
});
export type TargetedRun = z.infer<typeof TargetedRun>;

export const PartId = z.enum(['flips', 'slab', 'insertion', 'convolution', 'collision', 'targeted']);
export type PartId = z.infer<typeof PartId>;

type Runs = {
  flips: IndiscriminateRun;
  slab: IndiscriminateRun;
  insertion: InsertionRun;
  convolution: ConvolutionRun;
  collision: CollisionRun;
  targeted: TargetedRun;
};
export type RunOf<Id extends PartId> = Runs[Id];

/** Of one part's runs. */
export const runSchemas: { readonly [Id in PartId]: z.ZodType<Runs[Id]> } = {
  flips: IndiscriminateRun,
  slab: IndiscriminateRun,
  insertion: InsertionRun,
  convolution: ConvolutionRun,
  collision: CollisionRun,
  targeted: TargetedRun,
};

export const partResultSchema = <Id extends PartId>(part: Id) =>
  z.strictObject({
    format: z.literal('antidote-paper-1'),
    part: z.literal(part),
    engine: Engine,
    harness: Harness,
    /**
     * sha256 of the data set's files, of the recipes and of the attack's own numbers: what the runs are a function of,
     * besides seed and engine.
     */
    inputs: Sha256,
    runs: z.array(runSchemas[part]),
  });
export type PartResult<Id extends PartId> = z.infer<ReturnType<typeof partResultSchema<Id>>>;
