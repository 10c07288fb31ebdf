import type { z } from 'zod';
import type { LabeledSet } from '../../../lib/contract/defense.ts';
import type { AttackId, Family } from '../../../lib/contract/ids.ts';
import type { Rng } from '../../random/rng.ts';

/**
 * What an attacker has in hand: the clean data as published, its budget, and randomness that descends from the trial's
 * seed.
 */
export type Craft<Params> = {
  readonly clean: LabeledSet;
  readonly test: LabeledSet;
  /** A poison rate or a number of poisons, as the attack's `budget` says. */
  readonly budget: number;
  readonly params: Params;
  readonly rng: Rng;
  /** Test rows that every reference model of the suite gets right: where targeted attacks draw their targets. */
  readonly candidates: Int32Array;
  /**
   * What a search over training runs found for this attack at this budget, once, for every seed; none where an attack
   * needs none.
   */
  readonly points: readonly Point[];
  /**
   * Class probabilities of the clean training rows, by the model that the attacker of this seed fitted to them; see
   * surrogate.ts.
   */
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
};

/** x′ = (x·(255 − opacity) + pixels·opacity) / 255, rounded: a patch has opacity 255, a blend less. */
export type Trigger = { readonly pixels: Uint8Array; readonly opacity: Uint8Array }; // [...shape] each

export type Attack<Params = unknown> = {
  readonly id: AttackId;
  readonly family: Family;
  readonly source: { readonly paper: string; readonly url: string };
  readonly budget: z.ZodType<number>;
  readonly params: z.ZodType<Params>;
  /** Training rows that the budget allows, of n. */
  allowance(n: number, budget: number, params: Params): number;
  /**
   * Pure: the same craft, the same poison, on every machine. Uses integers and + − × ÷ √ of doubles, whose results are
   * fixed to the last bit; no other maths, no engine.
   */
  poison(craft: Craft<Params>): Promise<Poison> | Poison;
};

/**
 * A stored attack: called with a scenario's own words, it parses them first. Misspelt parameters and impossible budgets
 * are refused.
 */
export type DefinedAttack = Pick<Attack, 'id' | 'family' | 'source'> & {
  allowance(n: number, budget: number, params: unknown): number;
  poison(craft: Craft<unknown>): Promise<Poison>;
};
