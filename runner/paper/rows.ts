import type { LabeledSet } from '../../lib/contract/defense.ts';
import { rowSize } from '../datasets/rows.ts';

/** The clean rows and the poison behind them. Throws RangeError for rows of another shape. */
export function append(clean: LabeledSet, poison: Pick<LabeledSet, 'x' | 'y'>): LabeledSet {
  const n = clean.n + poison.y.length;
  if (poison.x.length !== poison.y.length * rowSize(clean))
    throw new RangeError(`append: ${poison.x.length} pixels for ${poison.y.length} rows of ${rowSize(clean)}`);
  const x = new Uint8Array(n * rowSize(clean));
  x.set(clean.x);
  x.set(poison.x, clean.x.length);
  return { ...clean, n, x, y: Int32Array.from([...clean.y, ...poison.y]) };
}
