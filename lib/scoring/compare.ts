import type { Estimate } from '../contract/report.ts';
import { estimateOver, seedsForInterval } from './estimates.ts';
import { holmRejects, pairedTest } from './stats.ts';

/** By seed, what it says of one number of an entry. */
export type BySeed = ReadonlyMap<number, number>;

/** How an entry stands to another in one number. `open`: the two cannot be told apart. */
export type Verdict = 'better' | 'worse' | 'open';

/** Their difference over the seeds that both have; null where one of them has no number. */
export type Compared = { readonly difference: Estimate; readonly verdict: Verdict } | null;

/** The chance that any of the numbers that are tested together is told apart though it is the same. */
const level = 0.05;

/**
 * Each entry less the first, number by number: by a paired t test over seeds, with Holm's correction over all of them
 * together. The interval of a difference is its own, at 95 %, without that correction: where the two disagree, the
 * verdict is the stricter one. Fewer than five seeds in common separate nobody.
 *
 * @param numbers by number, of each entry in the order of the entries, the first of which is what the others are
 * compared with
 * @returns by number, of each entry but the first
 */
export function comparedWithFirst(numbers: readonly (readonly (BySeed | null)[])[]): Compared[][] {
  const differences = numbers.map(([first, ...others]) =>
    others.map((other) => (first && other ? differencesOf(other, first) : [])),
  );
  const tested = differences.flat().filter(({ length }) => length >= seedsForInterval);
  const apart = holmRejects(tested.map(pairedTest), level);
  const told = new Map(tested.map((one, at) => [one, apart[at]!]));
  return differences.map((row) =>
    row.map((bySeed) => {
      if (bySeed.length === 0) return null;
      const difference = estimateOver(bySeed);
      return { difference, verdict: !told.get(bySeed) ? 'open' : difference.value > 0 ? 'better' : 'worse' };
    }),
  );
}

const differencesOf = (a: BySeed, b: BySeed): number[] =>
  [...a].flatMap(([seed, value]) => (b.has(seed) ? [value - b.get(seed)!] : []));
