import { types } from 'node:util';
import { DefenseFailed } from '../../errors.ts';

/** What a filter returned, as one weight in [0, 1] per row, [n], not all 0. Throws DefenseFailed for anything else. */
export function rowWeightsOf(returned: unknown, n: number): Float32Array {
  if (!types.isFloat32Array(returned)) throw new DefenseFailed('bad-output', 'filter did not return a Float32Array.');
  const weights = new Float32Array(returned);
  if (weights.length !== n) throw new DefenseFailed('bad-output', `filter returned ${weights.length} weights for ${n} rows.`);
  const row = weights.findIndex((weight) => !(weight >= 0 && weight <= 1));
  if (row < 0 && weights.some((weight) => weight > 0)) return weights;
  if (row < 0) throw new DefenseFailed('bad-output', 'filter left no row.');
  const weight = weights[row]!;
  if (Number.isFinite(weight)) throw new DefenseFailed('bad-output', `filter gave row ${row} the weight ${weight}, which is not in [0, 1].`);
  throw new DefenseFailed('not-finite', `filter gave row ${row} the weight ${weight}.`);
}
