import { z } from 'zod';
import type { LabeledSet } from './defense.ts';
import { Family } from './ids.ts';

/**
 * The test rows that an attack is about, whatever its family: all of them, those of one class or cluster, chosen
 * targets, or all of the other classes under its trigger. A family says how an attacker works; its aim says what is
 * measured, and how much of it is a bite.
 */
export const AimKind = z.enum(['everything', 'group', 'targets', 'triggered']);
export type AimKind = z.infer<typeof AimKind>;

/**
 * What a budget counts: a share of the training rows, copies of each target, poison rows for each clean one of the
 * attacked cluster, or a share of the rows of each attacked class or cluster.
 */
export const BudgetUnit = z.enum(['rate', 'copies', 'cluster', 'share']);
export type BudgetUnit = z.infer<typeof BudgetUnit>;

/** What scoring must know of an attack. */
export const AttackFacts = z.strictObject({
  family: Family,
  aim: AimKind,
  budget: BudgetUnit,
  source: z.strictObject({ paper: z.string(), url: z.url() }).optional(),
});
export type AttackFacts = z.infer<typeof AttackFacts>;

/**
 * Randomness that descends from the trial's seed. A fork has draws of its own, named after what they are for. The same
 * seed gives the same draws on every machine.
 */
export type Draws = {
  fork(name: string): Draws;
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Uniform in 0 … n − 1. */
  below(n: number): number;
  /** k distinct numbers of 0 … n − 1, in random order. */
  sample(n: number, k: number): Int32Array;
  /** Shuffles in place and returns it. */
  shuffle(values: Int32Array): Int32Array;
  /** A class other than `label`, uniform. */
  otherThan(label: number, classes: number): number;
  bytes(n: number): Uint8Array;
  /** Names these draws: what depends on nothing else may be kept under it. */
  readonly hex: string;
};

/**
 * What a label histogram that every trial must keep leaves to poison, for each class. Where a suite keeps none, both
 * are the number of training rows.
 */
export type Room = {
  /** The most poison rows that may carry the label, unless every row is poison. */
  readonly labelled: Int32Array; // [classes]
  /** The most rows of the class that may be taken beyond the poison rows that carry its label. */
  readonly taken: Int32Array; // [classes]
};

/** What an attacker has in hand: the clean data as published, its budget, and randomness. */
export type Craft<Params> = {
  readonly clean: LabeledSet;
  readonly test: LabeledSet;
  readonly room: Room;
  /** In the attack's unit. */
  readonly budget: number;
  readonly params: Params;
  readonly rng: Draws;
  /** Test rows that every reference model gets right: where targeted attacks draw their targets. */
  readonly candidates: Int32Array;
  /** What a search over training runs found for this attack at this budget, for every seed; mostly none. */
  readonly points: readonly Point[];
  /** Class probabilities of the clean training rows, by the model that the attacker of this seed fitted to them. */
  surrogate(): Promise<Float64Array>; // [n, classes]
};

/** An image to insert again and again under a label: `share` of all copies are its own. */
export type Point = { readonly label: number; readonly share: number; readonly pixels: Uint8Array }; // [...shape]

/**
 * What becomes of the training set: row index[i] gets labels[i] and, where there are rows, the pixels rows[i]. The rest
 * stays. n never changes.
 */
export type Poison = {
  readonly index: Int32Array; // [k], distinct
  readonly labels: Int32Array; // [k]
  /** uint8 already; null for an attack that leaves pixels as they are, or stamps them. */
  readonly rows: Uint8Array | null; // [k, ...shape]
  /**
   * What is stamped on each row of `index`, by the label that it had: instead of rows, where those would only repeat
   * the data set.
   */
  readonly overlay?: Overlay;
  readonly aim: Aim;
};

/** A trigger for each class, laid over pixels as a Trigger is. */
export type Overlay = { readonly pixels: Uint8Array; readonly opacity: Uint8Array }; // [classes, ...shape] each

/** What is measured of it: these test rows, under the trigger where there is one. */
export type Aim = {
  readonly attacked: Int32Array; // [t]
  /** What the attacker wants each of them called; null where any wrong label serves. */
  readonly wanted: Int32Array | null; // [t]
  readonly trigger: Trigger | null;
  /**
   * Classes whose clean test rows the attack leaves as they are, so that a defense must not lose them either; absent
   * where there are none. Suites scored by the rules of version 1 do not look at it.
   */
  readonly others?: Int32Array; // distinct
};

/** x′ = (x·(255 − opacity) + pixels·opacity) / 255, rounded: a patch has opacity 255, a blend less. */
export type Trigger = { readonly pixels: Uint8Array; readonly opacity: Uint8Array }; // [...shape] each

/** How an attack makes its poison. */
export type Crafting<Params = unknown> = {
  /** Reads a scenario's `params`; throws for what it does not know. Without it the attack has no parameters. */
  readonly params?: { parse(words: unknown): Params };
  /** The largest budget that it can spend, where that is less than its unit allows. */
  readonly largestBudget?: number;
  /** Training rows that the budget allows, of n. Without it ⌊budget·n⌋, of a rate only. */
  allowance?(n: number, budget: number, params: Params): number;
  /**
   * Pure: the same craft, the same poison, on every machine. Uses integers and + − × ÷ √ of doubles, whose results are
   * fixed to the last bit; no other maths, no engine.
   */
  poison(craft: Craft<Params>): Promise<Poison> | Poison;
};

/** An attack of one's own, in one object: what a file that is given to `--attack` exports as default. */
export type Attack<Params = unknown> = AttackFacts & { readonly id: string } & Crafting<Params>;
