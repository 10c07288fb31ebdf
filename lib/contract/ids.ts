import { z } from 'zod';

/** The words of the benchmark that more than one program spells: closed lists, parsed wherever they come in. */

/** The name of an attack, a baseline, a data set or a model. Which there are, lib/catalog says. */
export const Slug = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?$/, 'want small letters, digits, - and .');
export type Slug = z.infer<typeof Slug>;

/** A kind of attacker. Suites are ordered by the mean over the families, those of the first rules by the worst one. */
export const Family = z.enum(['indiscriminate', 'targeted', 'backdoor', 'subpopulation', 'adaptive']);
export type Family = z.infer<typeof Family>;

/**
 * The engine that trains: TensorFlow's C library, the SIMD WebAssembly backend, or PyTorch. Numbers are compared within
 * one of them only.
 */
export const Backend = z.enum(['tensorflow', 'wasm', 'torch']);
export type Backend = z.infer<typeof Backend>;

/** The usual engines, which run in Node: one of them trains for every filter, and predicts, whoever trained. */
export const UsualBackend = Backend.exclude(['torch']);
export type UsualBackend = z.infer<typeof UsualBackend>;

/** What holds a stranger's code; `none`: the harness's own code ran without. */
export const JailName = z.enum(['bubblewrap', 'gvisor', 'none']);
export type JailName = z.infer<typeof JailName>;

export const DefenseKind = z.enum(['filter', 'shape', 'train']);
export type DefenseKind = z.infer<typeof DefenseKind>;

/** What a row of the board can be: a defense, or a control that the harness makes itself, outside the jail. */
export const RowKind = z.enum([...DefenseKind.options, 'control']);
export type RowKind = z.infer<typeof RowKind>;

/** Of a submission on a suite. `stalled`: our side gave up on a job. `failed`: all is done and no trial is scored. */
export const EvaluationState = z.enum(['queued', 'running', 'scored', 'failed', 'stalled']);
export type EvaluationState = z.infer<typeof EvaluationState>;

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

/** Of two runs that disagree, the one that stands; or a third runner is asked. */
export const CheckChoice = z.enum(['first', 'again', 'third']);
export type CheckChoice = z.infer<typeof CheckChoice>;

/** What a token may be for. */
export const TokenScope = z.enum(['read', 'submit', 'runner-admin']);
export type TokenScope = z.infer<typeof TokenScope>;
/** Of one user, that are neither revoked nor over. */
export const tokenLimit = 100;
