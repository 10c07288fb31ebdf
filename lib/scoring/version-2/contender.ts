import { mean } from '../stats.ts';
import { type KeptCell, seedsOf } from './cells.ts';
import { meanAt, type Statistic } from './shares.ts';

/** By seed, what it says of the mean of the families. */
export const meanBySeed = (cells: readonly KeptCell[]): Map<number, number> | null => saysBySeed(cells, meanAt);

/**
 * By seed, what it says of a statistic of these cells: the jackknife's pseudo-values, moved so that they average to the
 * statistic itself. Differences of two entries' are those of the jackknife of the difference. Null where a cell is
 * missing.
 */
export function saysBySeed(cells: readonly KeptCell[], statistic: Statistic): Map<number, number> | null {
  const seeds = seedsOf(cells);
  if (seeds.length === 0) return null;
  const whole = statistic(cells, seeds);
  if (seeds.length === 1) return new Map([[seeds[0]!, whole]]);
  const without = seeds.map((out) =>
    statistic(
      cells,
      seeds.filter((seed) => seed !== out),
    ),
  );
  const center = mean(without);
  return new Map(seeds.map((seed, at) => [seed, whole + (seeds.length - 1) * (center - without[at]!)]));
}
