import { DefenseFailed } from '../../errors.ts';

/** What a filter returned, as one weight in [0, 1] per row, [n]. Throws DefenseFailed for anything else. */
export function rowWeightsOf(returned: unknown, n: number): Float32Array {
  if (!(returned instanceof Float32Array)) throw new DefenseFailed('bad-output', 'filter did not return a Float32Array.');
  if (returned.length !== n) throw new DefenseFailed('bad-output', `filter returned ${returned.length} weights for ${n} rows.`);
  const row = returned.findIndex((weight) => !(weight >= 0 && weight <= 1));
  if (row < 0) return returned.slice();
  const weight = returned[row]!;
  if (Number.isFinite(weight)) throw new DefenseFailed('bad-output', `filter gave row ${row} the weight ${weight}, which is not in [0, 1].`);
  throw new DefenseFailed('not-finite', `filter gave row ${row} the weight ${weight}.`);
}
