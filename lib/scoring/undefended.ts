import type { Backend } from '../contract/ids.ts';
import type { Reference } from '../contract/report.ts';
import type { Suite } from '../contract/suite.ts';
import { anyReferenceOf, type Cell, cellsOf, referenceOf } from './references.ts';
import { biasShares } from './version-2/bias.ts';
import type { Shares } from './version-2/estimates.ts';

/** What a board is read beside: the undefended numbers, how each attack bites, and what biases alone earn. */
export type Undefended = {
  readonly reference: Reference | null;
  readonly cells: readonly Cell[] | null;
  readonly bias: Shares | null;
};

/** On the engine of the first row that has a reference, else on any that has one. */
export function undefendedBeside(suite: Suite, rows: readonly { readonly engine: Backend }[]): Undefended {
  const engines = [...new Set(rows.map(({ engine }) => engine))];
  const reference = engines.map((engine) => referenceOf(suite, engine)).find(Boolean) ?? anyReferenceOf(suite);
  if (!reference) return { reference: null, cells: null, bias: null };
  return {
    reference,
    cells: cellsOf(suite, reference),
    bias: biasShares(suite, reference),
  };
}
