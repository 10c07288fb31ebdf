import type { Estimate } from '../contract/report.ts';
import type { BySeed } from './compare.ts';
import { seedsForInterval } from './estimates.ts';
import { mean, standardDeviation, studentQuantile } from './stats.ts';

/**
 * How much more an entry reaches in public than in a season, with its 95 % interval. The two have draws of their own,
 * so nothing is paired: Welch 1947, https://doi.org/10.2307/2332510, with the degrees of freedom rounded down. n: seeds
 * of the smaller side. Throws RangeError for a side without seeds.
 */
export function gapOf(shown: BySeed, season: BySeed): Estimate {
  const sides = [[...shown.values()], [...season.values()]];
  if (sides.some(({ length }) => length === 0)) throw new RangeError('gapOf: a side has no seeds, want one at least');
  const [value, n] = [mean(sides[0]!) - mean(sides[1]!), Math.min(...sides.map(({ length }) => length))];
  if (n < seedsForInterval) return { value, low: null, high: null, n };
  const parts = sides.map((values) => ({
    square: standardDeviation(values) ** 2 / values.length,
    freedom: values.length - 1,
  }));
  const square = parts.reduce((sum, part) => sum + part.square, 0);
  if (square === 0) return { value, low: value, high: value, n };
  const freedom = square ** 2 / parts.reduce((sum, part) => sum + part.square ** 2 / part.freedom, 0);
  const reach = studentQuantile(0.975, Math.floor(freedom)) * Math.sqrt(square);
  return { value, low: value - reach, high: value + reach, n };
}

/** A gap by this much above what is usual is large. */
const large = 0.1;

/** The usual gap is known from so many reference defenses; from fewer it is taken as 0. */
const enoughReferences = 3;

/** A row with its gap. `ours`: a reference defense, which nobody made for the public suite. */
export type RowGap = { readonly id: string; readonly ours: boolean; readonly gap: Estimate };

/**
 * The rows whose gap is surely large: its lower end lies more than .1 above the median gap of the reference defenses. A
 * season's data may be harder for everybody, and that is nobody's fault.
 */
export function largeGaps(rows: readonly RowGap[]): string[] {
  const ours = rows.filter((row) => row.ours).map(({ gap }) => gap.value);
  const usual = ours.length < enoughReferences ? 0 : median(ours);
  return rows.flatMap(({ id, gap: { low } }) => (low !== null && low - usual > large ? [id] : []));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle) - 1]!) / 2;
}
