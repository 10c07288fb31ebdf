import type { Reference } from '../contract/report.ts';
import type { TrialResult } from '../contract/result.ts';
import { trialKey } from '../contract/suite.ts';
import type { CountedCell } from './cells.ts';

/** What one run left of the attacked rows of one cell: the share given their true label, 0 where the run failed. */
export type Attacked = {
  readonly scenario: string;
  readonly budget: number;
  readonly seed: number;
  readonly robustAccuracy: number;
};

/** By seed, how much P lies below P_none(0): with the defense and without. Empty where every seed is missing. */
export type Effects = CountedCell & {
  readonly bySeed: ReadonlyMap<number, { readonly defended: number; readonly undefended: number }>;
};

/** A module's own failure gives no row its true label. */
export const attackedBy = (trials: readonly TrialResult[]): Attacked[] =>
  trials
    .filter(({ budget }) => budget > 0)
    .map((trial) => ({ ...trial, robustAccuracy: trial.outcome === 'scored' ? trial.robustAccuracy! : 0 }));

/** A run against the undefended one, cell by cell, at the seeds that both have. */
export function effectsOf(
  cells: readonly CountedCell[],
  reference: Reference,
  attacked: readonly Attacked[],
): Effects[] {
  const none = new Map(reference.cells.map((cell) => [trialKey(cell), cell]));
  const seeds = new Set(attacked.map(({ seed }) => seed));
  const given = new Map(attacked.map((one) => [trialKey(one), one.robustAccuracy]));
  return cells.map((cell) => {
    const bySeed = [...seeds].flatMap((seed) => {
      const key = trialKey({ ...cell, seed });
      const [undefended, robust] = [none.get(key), given.get(key)];
      if (!undefended || robust === undefined) return [];
      return [
        [seed, { defended: undefended.clean - robust, undefended: undefended.clean - undefended.attacked }] as const,
      ];
    });
    return { ...cell, bySeed: new Map(bySeed) };
  });
}

/** The same as if only these seeds had been run. */
export const atSeeds = (effects: readonly Effects[], seeds: ReadonlySet<number>): Effects[] =>
  effects.map((cell) => ({ ...cell, bySeed: new Map([...cell.bySeed].filter(([seed]) => seeds.has(seed))) }));
