import type { BaselineId } from '../../catalog/baselines/index.ts';

/** What a board orders a row by. */
export type Ordered = {
  readonly id: BaselineId;
  readonly collapsed: boolean;
  readonly worst: number;
  readonly mean: number;
};

/**
 * As the board has it: by the number that ranks there, the worst family or the mean, then by the other; collapsed rows
 * after all others. No rank, for that takes a season.
 */
export function inOrder(rows: readonly Ordered[], first: 'worst' | 'mean'): BaselineId[] {
  const then = first === 'worst' ? 'mean' : 'worst';
  return [...rows]
    .sort(
      (a, b) =>
        Number(a.collapsed) - Number(b.collapsed) ||
        b[first] - a[first] ||
        b[then] - a[then] ||
        a.id.localeCompare(b.id),
    )
    .map(({ id }) => id);
}

/**
 * Kendall's τ of two orders of the same things: 1 where no pair stands the other way round, −1 where all do, 0 for half
 * of them. 1 for fewer than two. Kendall 1938, https://doi.org/10.1093/biomet/30.1-2.81
 */
export function kendallTau(one: readonly string[], other: readonly string[]): number {
  const places = new Map(other.map((id, place) => [id, place]));
  if (places.size !== one.length || !one.every((id) => places.has(id)))
    throw new RangeError('kendallTau: the two orders have not the same members');
  const pairs = (one.length * (one.length - 1)) / 2;
  const swapped = one.flatMap((a, at) => one.slice(at + 1).filter((b) => places.get(b)! < places.get(a)!)).length;
  return pairs === 0 ? 1 : 1 - (2 * swapped) / pairs;
}
