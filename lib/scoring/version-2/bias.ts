import type { Reference } from '../../contract/report.ts';
import type { Suite } from '../../contract/suite.ts';
import { countedCells } from '../cells.ts';
import { keptCells } from './cells.ts';
import { type Shares, sharesOf } from './estimates.ts';
import { runsIn } from './runs.ts';

/** A reference is of one suite, and frozen. */
const known = new WeakMap<Reference, Shares>();

/** What the tuned biases earn at the scored seeds, as any other row; null where they were not tuned. */
export function biasShares(suite: Suite, reference: Reference): Shares | null {
  if (!reference.bias) return null;
  const found = known.get(reference);
  if (found) return found;
  const tuned = reference.bias.filter(({ seed }) => suite.seeds.includes(seed));
  const cells = countedCells(suite, reference);
  const shares = sharesOf(suite, keptCells(suite, cells, reference, runsIn(reference.clean, tuned)));
  known.set(reference, shares);
  return shares;
}
