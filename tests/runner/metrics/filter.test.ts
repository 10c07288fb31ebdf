import { expect, test } from 'vitest';
import { filterShares } from '../../../runner/metrics/filter.ts';

test('recall is the weight taken from the poison, false positives that taken from the clean rows', () => {
  const isPoison = Uint8Array.of(1, 1, 0, 0, 0, 0);
  expect(filterShares(Float32Array.of(0, 0.5, 1, 1, 1, 0), isPoison)).toEqual({
    filterRecall: 0.75,
    filterFalsePositives: 0.25,
  });
  expect(filterShares(Float32Array.of(0, 0, 1, 1, 1, 1), isPoison)).toEqual({
    filterRecall: 1,
    filterFalsePositives: 0,
  });
});

test('of what there is none of, no share is told', () => {
  expect(filterShares(Float32Array.of(0, 1), Uint8Array.of(0, 0))).toEqual({
    filterRecall: null,
    filterFalsePositives: 0.5,
  });
  expect(filterShares(Float32Array.of(0, 1), Uint8Array.of(1, 1))).toEqual({
    filterRecall: 0.5,
    filterFalsePositives: null,
  });
  expect(filterShares(null, Uint8Array.of(0, 1))).toEqual({ filterRecall: null, filterFalsePositives: null });
});
