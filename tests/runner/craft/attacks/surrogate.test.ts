import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { LabeledSet } from '../../../../lib/contract/defense.ts';
import { softmax } from '../../../../runner/craft/attacks/softmax.ts';
import { fitSurrogate, probabilitiesOf } from '../../../../runner/craft/attacks/surrogate.ts';
import { rootOf } from '../../../../runner/random/rng.ts';

describe('softmax', () => {
  it('sums to 1 and does not overflow', () => {
    const values = Float64Array.of(1000, 1001, -1000);
    softmax(values);
    expect(values[0]! + values[1]! + values[2]!).toBeCloseTo(1, 15);
    expect(values[1]! / values[0]!).toBeCloseTo(Math.E, 12);
  });
});

describe('surrogate', () => {
  /** Three classes, each with one bright block of pixels, under noise. */
  const n = 3_000;
  const rng = rootOf('blocks');
  const y = Int32Array.from({ length: n }, (_, row) => row % 3);
  const x = Uint8Array.from(
    { length: n * 12 },
    (_, at) => rng.below(200) + (Math.floor((at % 12) / 4) === y[Math.floor(at / 12)]! ? 55 : 0),
  );
  const blocks: LabeledSet = { n, classes: 3, shape: [12], scale: 255, x, y };

  it('learns: its likeliest class is the right one', async () => {
    const probabilities = probabilitiesOf(blocks, await fitSurrogate(blocks, rootOf('a')));
    const right = y.filter((label, row) =>
      [0, 1, 2].every((other) => probabilities[row * 3 + other]! <= probabilities[row * 3 + label]!),
    ).length;
    expect(right / n).toBeGreaterThan(0.75);
    for (let row = 0; row < n; row++)
      expect(probabilities[row * 3]! + probabilities[row * 3 + 1]! + probabilities[row * 3 + 2]!).toBeCloseTo(1, 12);
  });

  it('gives the same bits on every machine, as published suites need', async () => {
    const probabilities = probabilitiesOf(blocks, await fitSurrogate(blocks, rootOf('a')));
    expect(createHash('sha256').update(Buffer.from(probabilities.buffer)).digest('hex')).toBe(
      '083105fa21149f91ec82edeef02af6aaffc94e0485cb7470b700d408298b74fa',
    );
  });
});
