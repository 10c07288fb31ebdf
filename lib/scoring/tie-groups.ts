/** An entry of a board, in the board's order, and those that it can't be told apart from. */
type Tied = { readonly id: string; readonly tied: readonly string[] };

/** The places in the order of the first and the last entry of a group, and the lane from the left that its bar has. */
export type TieGroup = { readonly first: number; readonly last: number; readonly lane: number };

/**
 * The longest runs of neighbors of which no two can be told apart; a run within another is left out. Drawn as bars, as
 * in Demšar 2006, https://www.jmlr.org/papers/v7/demsar06a.html. "Not told apart" is not transitive, so runs may
 * overlap. Each takes the first lane that no run beside it has, so that there are as few lanes as can be.
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
    if (last > first && last > (groups.at(-1)?.last ?? -1)) groups.push({ first, last, lane: freeLane(groups, first) });
  }
  return groups;
}

/** The first lane whose bars all end above a row. */
function freeLane(groups: readonly TieGroup[], row: number): number {
  const taken = new Set(groups.filter(({ last }) => last >= row).map(({ lane }) => lane));
  let lane = 0;
  while (taken.has(lane)) lane++;
  return lane;
}
