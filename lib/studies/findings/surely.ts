import type { BySeed } from '../../scoring/compare.ts';
import { seedsForInterval } from '../../scoring/estimates.ts';
import { holmRejects, mean, pairedTest } from '../../scoring/stats.ts';

/** Surely more than nothing, surely less, or neither. */
export type Sure = 'more' | 'less' | null;

/** The chance that any of the numbers of one sentence is called sure and is not. */
const level = 0.05;

/**
 * What “surely” means in every finding: by Student's t over seeds, with Holm's correction over all numbers that one
 * sentence counts, which are given together. Fewer than five seeds make nothing sure.
 *
 * @param numbers of each, what every seed says of it
 */
export function surely(numbers: readonly (readonly number[])[]): Sure[] {
  const tested = numbers.filter(({ length }) => length >= seedsForInterval);
  const apart = holmRejects(tested.map(pairedTest), level);
  const told = new Map(tested.map((bySeed, at) => [bySeed, apart[at]!]));
  return numbers.map((bySeed) => (!told.get(bySeed) ? null : mean(bySeed) > 0 ? 'more' : 'less'));
}

/** What each seed says of a number less this. */
export const above = (bySeed: BySeed, bound: number): number[] => [...bySeed.values()].map((value) => value - bound);

/** What each seed says of one number less another, at the seeds that both have. */
export const minus = (one: BySeed, other: BySeed): number[] =>
  [...one].flatMap(([seed, value]) => (other.has(seed) ? [value - other.get(seed)!] : []));
