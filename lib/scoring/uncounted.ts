import type { Scenario } from '../contract/suite.ts';
import type { Cell } from './references.ts';

/**
 * Why no score counts a cell: it is a control, its attack does not bite, or tuned biases undo too much of its damage.
 */
export type Uncounted = 'control' | 'blunt' | 'biases';

/** Null where it counts. A control counts nowhere, whatever it does to the undefended model. */
export function uncountedFor(
  { control }: Pick<Scenario, 'control'>,
  { counts, bites }: Pick<Cell, 'counts' | 'bites'>,
): Uncounted | null {
  if (counts) return null;
  return control ? 'control' : bites ? 'biases' : 'blunt';
}
