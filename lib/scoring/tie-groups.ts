/** An entry of a board, in the board's order, and those that it can't be told apart from. */
type Tied = { readonly id: string; readonly tied: readonly string[] };

/** The places in the order of the first and the last entry of a group. */
export type TieGroup = { readonly first: number; readonly last: number };

/**
 * The longest runs of neighbors of which no two can be told apart; a run within another is left out. Drawn as bars, as
 * in Demšar 2006, https://www.jmlr.org/papers/v7/demsar06a.html. "Not told apart" is not transitive, so runs may
 * overlap.
 */
export function tieGroups(entries: readonly Tied[]): TieGroup[] {
  const groups: TieGroup[] = [];
  for (const [first, entry] of entries.entries()) {
    let last = first;
    const within = [entry];
    for (const next of entries.slice(first + 1)) {
      if (!within.every(({ id }) => next.tied.includes(id))) break;
      within.push(next);
      last++;
    }
    if (last > first && last > (groups.at(-1)?.last ?? -1)) groups.push({ first, last });
  }
  return groups;
}
