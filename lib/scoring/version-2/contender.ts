import { jackknifedBySeed } from '../estimates.ts';
import { type KeptCell, seedsOf } from './cells.ts';
import { meanAt, type Statistic } from './shares.ts';

/** By seed, what it says of the mean of the families. */
export const meanBySeed = (cells: readonly KeptCell[]): Map<number, number> | null => saysBySeed(cells, meanAt);

/** By seed, what it says of a statistic of these cells. Null where a cell is missing. */
export function saysBySeed(cells: readonly KeptCell[], statistic: Statistic): Map<number, number> | null {
  const seeds = seedsOf(cells);
  return seeds.length === 0 ? null : jackknifedBySeed(seeds, (kept) => statistic(cells, kept));
}
