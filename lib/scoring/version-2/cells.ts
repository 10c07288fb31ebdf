import type { Reference } from '../../contract/report.ts';
import { cleanTrial, type Suite, trialKey } from '../../contract/suite.ts';
import { mean } from '../stats.ts';
import { keptByFailure, keptOf } from './kept.ts';
import { type Runs, recallsOf } from './runs.ts';

/**
 * At one seed: what the run keeps, what the undefended run keeps, and the most that can be kept. `accuracy`: the run's,
 * with the poison, on the clean test rows; 0 of a failed one.
 */
export type Kept = {
  readonly defended: number;
  readonly undefended: number;
  readonly cap: number;
  readonly accuracy: number;
};

type Cell = { readonly scenario: string; readonly family: string; readonly budget: number };

/** By seed; empty where every seed is missing. */
export type KeptCell = Cell & { readonly bySeed: ReadonlyMap<number, Kept> };

/** An entry's runs against the undefended ones, cell by cell, at the seeds of which nothing is missing. */
export function keptCells(suite: Suite, cells: readonly Cell[], reference: Reference, runs: Runs): KeptCell[] {
  const clean = new Map(reference.clean.map((run) => [trialKey(cleanTrial(run, run.seed)), run]));
  return cells.map((cell) => {
    const scenario = suite.scenarios.find(({ id }) => id === cell.scenario)!;
    const bySeed = reference.cells
      .filter(({ scenario: id, budget }) => id === cell.scenario && budget === cell.budget)
      .flatMap((none): [number, Kept][] => {
        const cleanKey = trialKey(cleanTrial(scenario, none.seed));
        const [own, left] = [runs.clean.get(cleanKey), runs.attacked.get(trialKey(none))];
        const undefendedClean = clean.get(cleanKey);
        if (own === undefined || left === undefined || !undefendedClean) return [];
        const standard = { recalls: recallsOf(undefendedClean), cap: none.clean, others: none.others ?? [] };
        const undefended = keptOf(standard, standard.recalls, {
          robustAccuracy: none.attacked,
          recalls: recallsOf(none),
        });
        const held = own ?? standard.recalls;
        const defended = left ? keptOf(standard, held, left) : keptByFailure(standard, held, undefended);
        return [[none.seed, { defended, undefended, cap: standard.cap, accuracy: left ? mean(left.recalls) : 0 }]];
      });
    return { ...cell, bySeed: new Map(bySeed) };
  });
}

/** The seeds of which none of these cells lacks one. */
export const seedsOf = (cells: readonly KeptCell[]): number[] =>
  [...(cells[0]?.bySeed.keys() ?? [])].filter((seed) => cells.every(({ bySeed }) => bySeed.has(seed)));
