import fc from 'fast-check';
import { expect, test } from 'vitest';
import { controlWeights } from '../../../runner/defenses/controls.ts';
import { rootOf } from '../../../runner/random/rng.ts';

const rows = fc
  .array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 200 })
  .map((list) => Uint8Array.from(list));
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);

test('the oracle leaves out exactly the poison', () => {
  fc.assert(
    fc.property(rows, (isPoison) => {
      expect([...controlWeights['oracle-filter'](isPoison, rootOf('x'))]).toEqual(
        [...isPoison].map((poison) => 1 - poison),
      );
    }),
  );
});

test('the random filter leaves out as many rows, whole, by the seed', () => {
  fc.assert(
    fc.property(rows, fc.string(), (isPoison, seed) => {
      const weights = controlWeights['random-filter'](isPoison, rootOf(seed));
      expect(weights.every((weight) => weight === 0 || weight === 1)).toBe(true);
      expect(sum(weights)).toBe(isPoison.length - sum(isPoison));
      expect(weights).toEqual(controlWeights['random-filter'](isPoison, rootOf(seed)));
    }),
  );
  const half = Uint8Array.from({ length: 1000 }, (_, row) => row % 2);
  expect(controlWeights['random-filter'](half, rootOf('a'))).not.toEqual(
    controlWeights['random-filter'](half, rootOf('b')),
  );
});
