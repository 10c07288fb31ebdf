import { z } from 'zod';
import { ShapingId } from './shapings.ts';

/**
 * The numbers of Hong, Chandrasekaran, Kaya, Dumitraș, Papernot 2020 (https://arxiv.org/abs/2002.11497) as its
 * published code and stored results have them, typed by hand. Single runs, so that each carries the noise of one seed;
 * where a run was repeated, or a number moves over training, both ends are given.
 */
const Range = z
  .strictObject({ low: z.number(), high: z.number() })
  .refine(({ low, high }) => low <= high, 'low is above high');
export type Range = z.infer<typeof Range>;

const only = (value: number): Range => ({ low: value, high: value });
const between = (low: number, high: number): Range => ({ low, high });

const Indiscriminate = z.strictObject({
  attack: z.enum(['flips', 'slab']),
  rate: z.number(),
  shaping: ShapingId,
  accuracy: Range,
});
const Clean = z.strictObject({ id: z.string(), dataset: z.string(), model: z.string(), accuracy: Range });
const Insertion = z.strictObject({ patch: z.int(), success: Range });
const Artifact = z.strictObject({
  attack: z.enum(['flips', 'slab', 'collision', 'insertion']),
  /** α or the side of the patch; null where the attack has none. */
  setting: z.number().nullable(),
  /** Counted from 1; null: over all of training. */
  epoch: z.int().positive().nullable(),
  ratio: Range.nullable(),
  cosine: Range.nullable(),
});
const Targeted = z.strictObject({
  model: z.enum(['lr', 'mlp-256-256']),
  shaping: ShapingId,
  /** Targets hit; of how many, where the source says so. */
  oneShot: z.strictObject({ succeeded: z.int(), targets: z.int().nullable() }),
  /** The mean of the smallest number of poisons. */
  poisons: z.number().nullable(),
});

export type SourceIndiscriminate = z.infer<typeof Indiscriminate>;
export type SourceArtifact = z.infer<typeof Artifact>;

const cell = (
  attack: 'flips' | 'slab',
  rate: number,
  shaping: ShapingId,
  accuracy: number | Range,
): SourceIndiscriminate => ({
  attack,
  rate,
  shaping,
  accuracy: typeof accuracy === 'number' ? only(accuracy) : accuracy,
});

/** Best test accuracy of `lr` on FashionMNIST-3/4. */
export const sourceIndiscriminate = Indiscriminate.array().parse([
  cell('flips', 0.1, 'none', 0.948),
  cell('flips', 0.1, 'clip-0.1', 0.9545),
  cell('flips', 0.1, 'clip-8', 0.951),
  cell('flips', 0.2, 'none', 0.9465),
  cell('flips', 0.2, 'clip-0.1', 0.9445),
  cell('flips', 0.2, 'clip-2', 0.949),
  cell('flips', 0.2, 'clip-4', 0.951),
  cell('flips', 0.2, 'clip-8', 0.9505),
  cell('flips', 0.4, 'none', between(0.93, 0.9415)),
  cell('flips', 0.4, 'clip-0.1', 0.9425),
  cell('flips', 0.4, 'clip-2', 0.943),
  cell('flips', 0.4, 'clip-4', 0.9435),
  cell('slab', 0.1, 'none', 0.931),
  cell('slab', 0.1, 'clip-0.1', 0.9315),
  cell('slab', 0.1, 'clip-2', 0.9295),
  cell('slab', 0.1, 'clip-4', 0.9355),
  cell('slab', 0.2, 'none', 0.9105),
  cell('slab', 0.2, 'clip-0.1', 0.8865),
  cell('slab', 0.2, 'clip-2', 0.9055),
  cell('slab', 0.2, 'clip-8', 0.9085),
  cell('slab', 0.4, 'none', between(0.7865, 0.825)),
  cell('slab', 0.4, 'clip-0.1', 0.6925),
  cell('slab', 0.4, 'clip-2', 0.7445),
  cell('slab', 0.4, 'clip-4', 0.7835),
  cell('slab', 0.4, 'clip-8', 0.787),
]);

/** Without an attack. */
export const sourceClean = Clean.array().parse([
  { id: 'fashion-mnist-3-4.lr', dataset: 'FashionMNIST-3/4', model: 'lr', accuracy: only(0.954) },
  { id: 'fashion-mnist.mlp-256-256', dataset: 'FashionMNIST', model: 'mlp-256-256', accuracy: only(0.897) },
  { id: 'fashion-mnist.cnn', dataset: 'FashionMNIST', model: 'cnn', accuracy: only(0.9054) },
  { id: 'purchase-100.lr', dataset: 'Purchase-100', model: 'lr', accuracy: only(0.7165) },
  {
    id: 'purchase-100.mlp-256-256',
    dataset: 'Purchase-100',
    model: 'mlp-256-256, DP-SGD',
    accuracy: between(0.72, 0.73),
  },
]);

/** At the end of training on; clean accuracy then is the same for both. */
export const sourceInsertion = Insertion.array().parse([
  { patch: 1, success: only(0.958) },
  { patch: 4, success: only(0.991) },
]);
export const sourceInsertionAccuracy = only(0.913);

const artifact = (
  attack: SourceArtifact['attack'],
  setting: number | null,
  epoch: number | null,
  ratio: Range | null,
  cosine: Range | null,
): SourceArtifact => ({
  attack,
  setting,
  epoch,
  ratio,
  cosine,
});

/** Of undefended training. Collision: `lr`, 100 pairs. */
export const sourceArtifacts = Artifact.array().parse([
  artifact('flips', null, null, between(1.84, 1.86), only(-0.999)),
  artifact('slab', null, null, only(2.47), only(-0.9997)),
  artifact('collision', 0.1, null, between(29, 99), only(-0.5)),
  artifact('collision', 1, 1, only(91), only(-0.87)),
  artifact('collision', 1, 40, only(119), only(-0.998)),
  artifact('insertion', 1, 1, only(105), only(-0.99)),
  artifact('insertion', 1, 10, only(56), null),
  artifact('insertion', 1, 40, only(47), between(-0.4, -0.1)),
  artifact('insertion', 4, 1, only(108), only(-0.9)),
  artifact('insertion', 4, 10, only(16), null),
  artifact('insertion', 4, 40, only(1.7), only(0)),
]);

/**
 * On Purchase-100, whose data comes in no package. σ is the noise multiplier: .0025 and .025 at C = 4 are .01 and .1 on
 * the sum.
 */
export const sourceTargeted = Targeted.array().parse([
  { model: 'lr', shaping: 'none', oneShot: { succeeded: 34, targets: 73 }, poisons: 1.8 },
  { model: 'lr', shaping: 'clip-0.1', oneShot: { succeeded: 7, targets: null }, poisons: 3.1 },
  { model: 'lr', shaping: 'clip-4', oneShot: { succeeded: 65, targets: null }, poisons: 1.2 },
  { model: 'lr', shaping: 'noise-0.01', oneShot: { succeeded: 7, targets: null }, poisons: 3.5 },
  { model: 'lr', shaping: 'noise-0.1', oneShot: { succeeded: 1, targets: null }, poisons: 14.3 },
  { model: 'mlp-256-256', shaping: 'none', oneShot: { succeeded: 77, targets: 78 }, poisons: 1.1 },
]);
