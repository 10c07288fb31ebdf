import { z } from 'zod';

/** The words of the benchmark that more than one program spells: closed lists, parsed wherever they come in. */

export const DatasetId = z.enum([
  'fashion-mnist',
  'fashion-mnist-3-4',
  'cifar-10',
  'purchase-100',
  'purchase-100-like',
]);
export type DatasetId = z.infer<typeof DatasetId>;

export const ModelId = z.enum(['lr', 'mlp-128', 'mlp-256-256', 'cnn']);
export type ModelId = z.infer<typeof ModelId>;

export const AttackId = z.enum([
  'label-flip',
  'pair-flip',
  'confidence-flip',
  'one-class-flip',
  'ops',
  'slab',
  'badnets',
  'blend',
  'target-insertion',
  'cluster-flip',
  'clip-rate',
  'adap-blend',
  'near-clone-slab',
]);
export type AttackId = z.infer<typeof AttackId>;

/** What a family has in common is how its attacker works; the board ranks by the worst one. */
export const Family = z.enum(['indiscriminate', 'targeted', 'backdoor', 'subpopulation', 'adaptive']);
export type Family = z.infer<typeof Family>;

/**
 * The engine that trains: TensorFlow's C library, or the SIMD WebAssembly backend. Numbers are compared within one of
 * them only.
 */
export const Backend = z.enum(['tensorflow', 'wasm']);
export type Backend = z.infer<typeof Backend>;

export const DefenseKind = z.enum(['filter', 'shape', 'train']);
export type DefenseKind = z.infer<typeof DefenseKind>;

/** The harness's own defenses. The two controls know which rows are poison and are therefore no modules. */
export const ControlId = z.enum(['oracle-filter', 'random-filter']);
export type ControlId = z.infer<typeof ControlId>;

export const BaselineId = z.enum([
  'none',
  'dp-sgd',
  'clip-only',
  'noise-only',
  ...ControlId.options,
  'dp-sgd-c1-s1',
  'dp-sgd-c1-s2',
  'dp-sgd-c0.1-s1',
  'clip-only-c0.1',
  'batch-clip',
  'trimmed-loss',
  'sever',
  'sphere-slab',
  'spectral-signatures',
  'activation-clustering',
  'deep-knn',
  'dpa',
]);
export type BaselineId = z.infer<typeof BaselineId>;

/**
 * Why a module's trial has no weights to score. All of these are the module's own fault, but `not-run`, which follows
 * from them.
 */
export const FailureReason = z.enum([
  'threw',
  'timed-out',
  'out-of-memory',
  'bad-output',
  'not-finite',
  'too-large',
  'blocked-import',
  'not-a-defense',
  'not-run',
]);
export type FailureReason = z.infer<typeof FailureReason>;

export const Outcome = z.enum(['scored', ...FailureReason.options]);
export type Outcome = z.infer<typeof Outcome>;

export const Sha256 = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'want sha256: and 64 hex digits');
export type Sha256 = z.infer<typeof Sha256>;
