import { describe, expect, it } from 'vitest';
import { labelsOf } from '../../../runner/metrics/labels.ts';

describe('labelsOf', () => {
  it('is the likeliest class of each row, of equals the smaller', () => {
    expect([...labelsOf(Float32Array.of(0, 2, 1, 3, 3, 0, -5, -4, -3), 3)]).toEqual([1, 0, 2]);
  });
});
