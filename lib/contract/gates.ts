import { z } from 'zod';
import { Backend, Sha256 } from './ids.ts';
import { Estimate } from './report.ts';

const Cell = z.strictObject({ scenario: z.string(), budget: z.number(), seed: z.int() });

/**
 * Whether a feature of the container tells poison from the rest. `p` of one permutation test over all cells; the bounds
 * are those of `leakBounds`.
 */
export const LeakTest = z.strictObject({
  feature: z.enum(['place', 'duplicates', 'residue']),
  p: z.number().min(0).max(1),
  /** The area under the curve farthest from .5, and where; null where no cell has enough poison to tell. */
  auc: Cell.extend({ value: z.number().min(0).max(1) }).nullable(),
  ok: z.boolean(),
});
export type LeakTest = z.infer<typeof LeakTest>;

/**
 * p must be above `p`, every AUC nearer to .5 than `auc`; an AUC is asked for from `rows` poisoned rows on, below which
 * it strays by itself.
 */
export const leakBounds = { p: 0.001, auc: 0.05, rows: 300 };

/**
 * Whether a number that can be counted in a whole training set tells its attack, its rate or its target, or that it is
 * clean: over all trials of a data set and model. `of`: what it tells best, with the area under the curve.
 */
export const TrialLeak = z.strictObject({
  dataset: z.string(),
  model: z.string(),
  feature: z.enum(['labels', 'twins']),
  tells: z.enum(['clean', 'attack', 'rate', 'target']),
  of: z.string(),
  auc: z.number().min(0).max(1),
  ok: z.boolean(),
});
export type TrialLeak = z.infer<typeof TrialLeak>;

/**
 * An AUC must be nearer to .5 than `auc`. Targets differ from draw to draw: theirs may lie so many standard deviations
 * off where that is more.
 */
export const trialLeakBounds = { auc: 0.1, deviations: 4 };

/**
 * What a published suite was tested for. Made by `suite gates`, committed beside the suite, and shown with it; in
 * neither its manifest nor its digest. `ok` in each: it holds.
 */
export const Gates = z.strictObject({
  format: z.literal('antidote-gates-1'),
  suite: z.strictObject({ id: z.string(), digest: Sha256 }),
  /** Which cells bite the undefended model, by the committed references. `ok`: every family has one that counts. */
  calibration: z.array(
    z.strictObject({
      backend: Backend,
      cells: z.array(
        z.strictObject({
          scenario: z.string(),
          budget: z.number(),
          effect: Estimate,
          bites: z.boolean(),
          counts: z.boolean(),
        }),
      ),
      ok: z.boolean(),
    }),
  ),
  /**
   * `cells`: how many were looked at; all whose rows are not all poison. `broken`: a sentence for each poisoned row
   * that has an exact copy.
   */
  leaks: z.strictObject({
    cells: z.int().nonnegative(),
    permutations: z.int().positive(),
    tests: z.array(LeakTest),
    /** Of a drawn suite. */
    trials: z.array(TrialLeak).optional(),
    broken: z.array(z.string()),
    ok: z.boolean(),
  }),
  /** Built twice, with the native engine on the machine and without it. */
  determinism: z.strictObject({
    builds: z.array(z.strictObject({ nativeEngine: z.boolean(), digest: Sha256 })),
    ok: z.boolean(),
  }),
  /**
   * Rows within the budget's allowance; uint8 and int32, one n for every trial of a data set. `broken` has a sentence
   * for each that is not so.
   */
  budgets: z.strictObject({ cells: z.int().nonnegative(), broken: z.array(z.string()), ok: z.boolean() }),
});
export type Gates = z.infer<typeof Gates>;

/** All four hold. */
export const passes = ({ calibration, leaks, determinism, budgets }: Gates): boolean =>
  calibration.length > 0 && [...calibration, leaks, determinism, budgets].every(({ ok }) => ok);
