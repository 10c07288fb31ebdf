import { types } from 'node:util';
import { FormatError } from '../../lib/contract/formats/format-error.ts';
import { DefenseFailed } from '../errors.ts';
import { readNpy } from './npy.ts';

/** What a filter returned, as one weight in [0, 1] per row, [n], not all 0. Throws DefenseFailed for anything else. */
export function rowWeightsOf(returned: unknown, n: number): Float32Array {
  const weights = inRange(returned, n);
  if (weights.some((weight) => weight > 0)) return weights;
  throw new DefenseFailed('bad-output', 'filter left no row.');
}

/**
 * The same from a file that nobody has believed yet. They may all be 0: the oracle leaves no row where all are poison.
 */
export function rowWeightsOfFile(bytes: Uint8Array, n: number): Float32Array {
  try {
    const { shape, data } = readNpy(bytes);
    if (shape.length !== 1) throw new FormatError(`its shape is [${shape}], wanted is [${n}]`);
    return inRange(data, n);
  } catch (error) {
    if (error instanceof FormatError)
      throw new DefenseFailed('bad-output', `row-weights.npy is not read: ${error.message}.`);
    throw error;
  }
}

function inRange(returned: unknown, n: number): Float32Array {
  if (!types.isFloat32Array(returned)) throw new DefenseFailed('bad-output', 'filter did not return a Float32Array.');
  const weights = new Float32Array(returned);
  if (weights.length !== n)
    throw new DefenseFailed('bad-output', `filter returned ${weights.length} weights for ${n} rows.`);
  const row = weights.findIndex((weight) => !(weight >= 0 && weight <= 1));
  if (row < 0) return weights;
  const weight = weights[row]!;
  if (Number.isFinite(weight))
    throw new DefenseFailed('bad-output', `filter gave row ${row} the weight ${weight}, which is not in [0, 1].`);
  throw new DefenseFailed('not-finite', `filter gave row ${row} the weight ${weight}.`);
}
