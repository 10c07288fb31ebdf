import { attackOf } from '../catalog/attacks/index.ts';
import type { AttackFacts } from '../contract/attack.ts';
import type { Reference } from '../contract/report.ts';
import type { Suite } from '../contract/suite.ts';
import { cellsOf } from './references.ts';

/** A cell that counts. */
export type CountedCell = { readonly scenario: string; readonly family: string; readonly budget: number };

/** The cells that count: the attack bites, is no control, and is not bought by biases. */
export const countedCells = (
  suite: Suite,
  reference: Reference,
  gate?: (attack: AttackFacts) => number,
): CountedCell[] =>
  cellsOf(suite, reference, gate).flatMap(({ counts, scenario, budget }) =>
    counts ? [{ scenario, budget, family: suite.scenarios.find(({ id }) => id === scenario)!.family }] : [],
  );

/**
 * The cells that an entry is scored in. A control leaves out rows for being poison, so it has no score in a cell where
 * all of them are.
 */
export const scoredCells = (suite: Suite, reference: Reference, control: boolean): CountedCell[] =>
  countedCells(suite, reference).filter((cell) => !control || leavesRows(suite, cell));

/** Whether any row is clean. */
export function leavesRows(suite: Suite, { scenario, budget }: Pick<CountedCell, 'scenario' | 'budget'>): boolean {
  const { attack } = suite.scenarios.find(({ id }) => id === scenario)!;
  return attackOf(suite, attack).budget !== 'rate' || budget < 1;
}
