import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { rootOf } from '../../../runner/random/rng.ts';
import { exponential } from '../../../runner/train/exponential.ts';

test('agrees with Math.exp within 4e-16 relative for x ≤ 0, down to where numbers end', () => {
  const rng = rootOf('exponential');
  for (let draw = 0; draw < 100_000; draw++) {
    const x = -700 * rng.uniform() ** 3;
    expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(4e-16);
  }
  expect([exponential(0), exponential(-0), exponential(-800), exponential(-Infinity)]).toEqual([1, 1, 0, 0]);
  expect(exponential(Number.NaN)).toBeNaN();
});

test('gives the same bits on every machine: a pinned hash of a thousand values', () => {
  const rng = rootOf('bits');
  const values = Float64Array.from({ length: 1000 }, () => exponential(-20 * rng.uniform()));
  expect(createHash('sha256').update(new Uint8Array(values.buffer)).digest('hex')).toMatchInlineSnapshot(
    `"ace195af0863a119823079d9b2a8f77b75319d8d982ba69f97db9d77b995d201"`,
  );
});
