import type { Reference } from '../../contract/report.ts';
import type { Suite } from '../../contract/suite.ts';
import { type KeptCell, keptCells } from './cells.ts';
import { runsIn } from './runs.ts';
import { shareAt } from './shares.ts';

/** A cell does not count where biases alone, tuned with full knowledge of it, undo more of the damage than this. */
export const mostByBias = 0.5;

type Cell = { readonly scenario: string; readonly budget: number };

/** By gate seed, how much of what can be kept the attack takes from the undefended model. */
export function damageOf(suite: Suite, reference: Reference, cell: Cell): number[] {
  const { bySeed } = cellAtGate(suite, reference, cell, reference.cells);
  return [...bySeed.values()].map(({ cap, undefended }) => cap - undefended);
}

/** The share of the damage that the tuned biases undo at the gate seeds; null where they were not tuned. */
export function biasShare(suite: Suite, reference: Reference, cell: Cell): number | null {
  if (!reference.bias) return null;
  const tuned = cellAtGate(suite, reference, cell, reference.bias);
  return shareAt(tuned, [...tuned.bySeed.keys()]);
}

function cellAtGate(suite: Suite, reference: Reference, cell: Cell, attacked: Parameters<typeof runsIn>[1]): KeptCell {
  const atGate = attacked.filter(({ seed }) => suite.gateSeeds.includes(seed));
  const { family } = suite.scenarios.find(({ id }) => id === cell.scenario)!;
  return keptCells(suite, [{ ...cell, family }], reference, runsIn(reference.clean, atGate))[0]!;
}
