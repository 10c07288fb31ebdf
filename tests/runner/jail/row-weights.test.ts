import { describe, expect, test } from 'vitest';
import { writeNpy } from '../../../runner/jail/npy.ts';
import { rowWeightsOf, rowWeightsOfFile } from '../../../runner/jail/row-weights.ts';

const file = (data: Float32Array | Int32Array | Uint8Array, shape = [data.length]) => writeNpy({ shape, data });
const good = Float32Array.of(0, 0.5, 1);

describe('row weights out of the jail', () => {
  test('are read as they were written, all 0 too', () => {
    expect(rowWeightsOfFile(file(good), 3)).toEqual(good);
    expect(rowWeightsOfFile(file(new Float32Array(3)), 3)).toEqual(new Float32Array(3));
  });

  test.each<[string, Uint8Array, RegExp]>([
    ['another type', file(Int32Array.of(0, 1, 1)), /bad-output: filter did not return a Float32Array/],
    ['too few', file(good.subarray(1)), /bad-output: filter returned 2 weights for 3 rows/],
    ['another shape', file(good, [3, 1]), /bad-output: row-weights.npy is not read: its shape is \[3,1\]/],
    ['a weight above 1', file(Float32Array.of(0, 2, 1)), /bad-output: filter gave row 1 the weight 2/],
    ['a weight below 0', file(Float32Array.of(0, 1, -0.5)), /bad-output: filter gave row 2 the weight -0.5/],
    ['NaN', file(Float32Array.of(Number.NaN, 1, 1)), /not-finite: filter gave row 0 the weight NaN/],
    [
      'a file that is cut off',
      file(good).slice(0, -1),
      /bad-output: row-weights.npy is not read: it holds 11 bytes, its shape wants 12\./,
    ],
    ['something else', new TextEncoder().encode('weights'), /bad-output: row-weights.npy is not read/],
  ])('%s is refused', (_, bytes, message) => {
    expect(() => rowWeightsOfFile(bytes, 3)).toThrow(message);
  });
});

test('a filter may not leave out every row', () => {
  expect(() => rowWeightsOf(new Float32Array(3), 3)).toThrow(/left no row/);
});
