import { attackProfiles } from '../catalog/attack-profiles.ts';
import type { AttackId } from '../contract/ids.ts';
import type { Reference } from '../contract/report.ts';
import type { Suite } from '../contract/suite.ts';
import { cellsOf } from './references.ts';

/** A cell that counts. */
export type CountedCell = { readonly scenario: string; readonly family: string; readonly budget: number };

/** The cells that count: the attack bites, and is no control. */
export const countedCells = (suite: Suite, reference: Reference, gate?: (attack: AttackId) => number): CountedCell[] =>
  cellsOf(suite, reference, gate).flatMap(({ counts, scenario, budget }) =>
    counts ? [{ scenario, budget, family: suite.scenarios.find(({ id }) => id === scenario)!.family }] : [],
  );

/** Whether any row is clean. */
export function leavesRows(suite: Suite, { scenario, budget }: Pick<CountedCell, 'scenario' | 'budget'>): boolean {
  const { attack } = suite.scenarios.find(({ id }) => id === scenario)!;
  return attackProfiles[attack].budget !== 'rate' || budget < 1;
}
