import type { Estimate } from '../contract/report.ts';

/** `last`: it stands after all others whatever its number, as who lost its clean accuracy does. */
type Row = { readonly id: string; readonly estimate: Estimate | null; readonly last: boolean };

/**
 * For each row with an interval the places that the intervals leave open: [1 + how many lie wholly above its own,
 * m − how many lie wholly below], among the m rows with one. It reads nothing but stored estimates, and is coarser than
 * `placesOf`, which pairs seeds and allows for many comparisons. It is no rank.
 */
export function openPlaces(rows: readonly Row[]): Map<string, [number, number]> {
  const known = rows.flatMap(({ id, estimate, last }) =>
    estimate && estimate.low !== null && estimate.high !== null
      ? [{ id, low: estimate.low, high: estimate.high, last }]
      : [],
  );
  const first = known.filter(({ last }) => !last).length;
  return new Map(
    [false, true].flatMap((last) => {
      const group = known.filter((row) => row.last === last);
      const lows = group.map(({ low }) => low).sort(ascending);
      const highs = group.map(({ high }) => high).sort(ascending);
      return group.map(({ id, low, high }): [string, [number, number]] => {
        const above = group.length - countWhile(lows, (other) => other <= high);
        const below = countWhile(highs, (other) => other < low);
        const before = last ? first : 0;
        return [id, [before + 1 + above, before + group.length - below]];
      });
    }),
  );
}

const ascending = (a: number, b: number) => a - b;

/** How many stand at the beginning of a sorted list before the first that does not hold. */
function countWhile(sorted: readonly number[], holds: (value: number) => boolean): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(sorted[middle]!)) from = middle + 1;
    else to = middle;
  }
  return from;
}
