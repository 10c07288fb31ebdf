import { mean } from '../stats.ts';
import { type KeptCell, seedsOf } from './cells.ts';
import { meanAt } from './shares.ts';

/**
 * By seed, what it says of the mean of the families: the jackknife's pseudo-values, moved so that they average to the
 * mean itself. Differences of two entries' are those of the jackknife of the difference. Null where a cell is missing.
 */
export function meanBySeed(cells: readonly KeptCell[]): Map<number, number> | null {
  const seeds = seedsOf(cells);
  if (seeds.length === 0) return null;
  const whole = meanAt(cells, seeds);
  if (seeds.length === 1) return new Map([[seeds[0]!, whole]]);
  const without = seeds.map((out) =>
    meanAt(
      cells,
      seeds.filter((seed) => seed !== out),
    ),
  );
  const center = mean(without);
  return new Map(seeds.map((seed, at) => [seed, whole + (seeds.length - 1) * (center - without[at]!)]));
}
