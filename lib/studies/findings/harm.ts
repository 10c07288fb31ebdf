import type { BaselineId } from '../../catalog/baselines/index.ts';
import type { Estimate } from '../../contract/report.ts';
import type { CountedCell } from '../../scoring/cells.ts';
import { clippings } from './clipping.ts';
import { cellEstimate, missingFrom, rowOf, type Table } from './table.ts';

/** All that shape gradients: those that clip, and the two that do half of it. */
const shapings: readonly BaselineId[] = [...clippings.map(({ id }) => id), 'noise-only', 'batch-clip'];

export type HarmedCell = { readonly id: BaselineId; readonly cell: CountedCell; readonly rho: Estimate };

export type Harm = {
  /** ρ below 0, interval and all, the least first. */
  readonly cells: readonly HarmedCell[];
  /** Cells with an interval, of all rows together. */
  readonly tried: number;
  /** As many would lie below 0 if ρ were 0 in all of them. */
  readonly byChance: number;
  readonly missing: readonly BaselineId[];
};

/** Where shaping gradients is surely worse than no defense. */
export function harmOf(table: Table): Harm {
  const tried = shapings.flatMap((id) =>
    (rowOf(table, id)?.effects ?? []).flatMap((cell): HarmedCell[] => {
      const rho = cellEstimate(cell);
      return rho && rho.high !== null ? [{ id, cell, rho }] : [];
    }),
  );
  const cells = tried
    .filter(({ rho }) => rho.high! < 0)
    .sort((a, b) => a.rho.value - b.rho.value || a.rho.high! - b.rho.high!);
  return { cells, tried: tried.length, byChance: 0.025 * tried.length, missing: missingFrom(table, shapings) };
}
