import type { BaselineId } from '../../catalog/baselines/index.ts';
import { clippings } from './clipping.ts';
import { above, surely } from './surely.ts';
import { type CellShare, cellShares, missingFrom, rowOf, type Table } from './table.ts';

/** All that shape gradients: those that clip, and the two that do half of it. */
const shapings: readonly BaselineId[] = [...clippings.map(({ id }) => id), 'noise-only', 'batch-clip'];

export type HarmedCell = { readonly id: BaselineId } & Pick<CellShare, 'cell' | 'rho'>;

export type Harm = {
  /** ρ surely below 0, the least first. */
  readonly cells: readonly HarmedCell[];
  /** Cells with an interval, of all rows together. */
  readonly tried: number;
  readonly missing: readonly BaselineId[];
};

/** Where shaping gradients is surely worse than no defense. */
export function harmOf(table: Table): Harm {
  const tried = shapings.flatMap((id) => {
    const row = rowOf(table, id);
    const shares = row ? cellShares(row).filter(({ rho }) => rho.low !== null) : [];
    return shares.map((share) => ({ id, ...share }));
  });
  const sure = surely(tried.map(({ bySeed }) => above(bySeed, 0)));
  const cells = tried
    .filter((_, at) => sure[at] === 'less')
    .sort((a, b) => a.rho.value - b.rho.value || a.rho.high! - b.rho.high!);
  return { cells, tried: tried.length, missing: missingFrom(table, shapings) };
}
