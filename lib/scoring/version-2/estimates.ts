import type { Estimate, Scores } from '../../contract/report.ts';
import type { Suite } from '../../contract/suite.ts';
import { clip, jackknifed } from '../estimates.ts';
import { type KeptCell, seedsOf } from './cells.ts';
import { familiesAt, familyAt, groupsOf, meanAt, type Statistic, scenarioAt, worstAt, worstCells } from './shares.ts';

/** Real seeds are skewed: so many times Student's t holds what it promises (README). */
const wider = 1.25;

/** What all seeds say, with the jackknife's interval, widened and clipped to [−1, 1]. */
export function jackknifeOf(seeds: readonly number[], statistic: (seeds: readonly number[]) => number): Estimate {
  const { value, low, high, n } = jackknifed(seeds, statistic);
  if (low === null || high === null) return clip({ value, low, high, n });
  return clip({ value, low: value - wider * (value - low), high: value + wider * (high - value), n });
}

/**
 * A statistic of these cells with its interval: the jackknife over seeds of the whole computation, choices and clipping
 * included. Null without cells, and where no seed has all of them.
 */
export function estimateOf(cells: readonly KeptCell[], statistic: Statistic): Estimate | null {
  const seeds = seedsOf(cells);
  return seeds.length === 0 ? null : jackknifeOf(seeds, (kept) => statistic(cells, kept));
}

export type Shares = Pick<Scores, 'worst' | 'mean' | 'families' | 'scenarios' | 'chosen'>;

/** The share of the damage undone: by scenario, by family, their mean, and the least family. */
export function sharesOf(suite: Suite, cells: readonly KeptCell[]): Shares {
  const families = groupsOf(suite.scenarios, ({ family }) => family).map(([family]) => family);
  const seeds = seedsOf(cells);
  const adaptive = cells.filter(({ family }) => family === 'adaptive');
  return {
    worst: worstOf(cells),
    mean: estimateOf(cells, meanAt),
    families: Object.fromEntries(
      families.map((family) => [
        family,
        estimateOf(
          cells.filter((cell) => cell.family === family),
          familyAt,
        ),
      ]),
    ),
    scenarios: Object.fromEntries(
      suite.scenarios.map(({ id }) => [
        id,
        estimateOf(
          cells.filter(({ scenario }) => scenario === id),
          scenarioAt,
        ),
      ]),
    ),
    chosen:
      seeds.length === 0 || adaptive.length === 0
        ? []
        : worstCells(adaptive, seeds).map(({ cell: { scenario, budget }, seeds: on }) => ({
            scenario,
            budget,
            seeds: [...on],
          })),
  };
}

function worstOf(cells: readonly KeptCell[]): Scores['worst'] {
  const estimate = estimateOf(cells, worstAt);
  if (!estimate) return null;
  const families = familiesAt(cells, seedsOf(cells));
  const [family] = families.reduce((least, one) => (one[1] < least[1] ? one : least));
  return { family, ...estimate };
}
