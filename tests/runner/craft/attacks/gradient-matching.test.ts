import { describe, expect, it } from 'vitest';
import type { LabeledSet } from '../../../../lib/contract/defense.ts';
import { gradientMatching } from '../../../../runner/craft/attacks/gradient-matching.ts';
import { gradientSum, matchGradients } from '../../../../runner/craft/attacks/match-gradients.ts';
import { noBounds } from '../../../../runner/craft/attacks/room.ts';
import { fitSurrogate, probabilitiesOf } from '../../../../runner/craft/attacks/surrogate.ts';
import { takeRows } from '../../../../runner/datasets/rows.ts';
import { rootOf } from '../../../../runner/random/rng.ts';
import { craftOn } from '../../../support/craft.ts';

/** Three classes, each with one bright third of the picture, under noise. */
function thirds(n: number, name: string): LabeledSet {
  const rng = rootOf(name);
  const y = Int32Array.from({ length: n }, (_, row) => row % 3);
  const x = Uint8Array.from(
    { length: n * 36 },
    (_, at) => rng.below(200) + (Math.floor((at % 36) / 12) === y[Math.floor(at / 36)]! ? 55 : 0),
  );
  return { n, classes: 3, shape: [6, 6, 1], scale: 255, x, y };
}
const clean = thirds(3_000, 'train');
const test = thirds(60, 'test');
const candidates = Int32Array.from(test.y.keys());
const craft = craftOn(clean, test);
const params = { targets: 4, epsilon: 32 };

const cosine = (a: Float64Array, b: Float64Array) => {
  const product = (u: Float64Array, v: Float64Array) => u.reduce((sum, value, i) => sum + value * v[i]!, 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
};

describe('matchGradients', () => {
  it('turns the sum of the rows’ gradients towards that of the wished row, within the bound', async () => {
    const weights = await fitSurrogate(clean, rootOf('a'));
    const rows = takeRows(clean, [...clean.y.keys()].filter((row) => clean.y[row] === 1).slice(0, 30));
    const wished = { ...takeRows(test, [0]), y: Int32Array.of(1) }; // of class 0
    const goal = gradientSum(wished, weights);
    const x = matchGradients(rows, wished, weights, 32, rootOf('b'));
    const gap = (set: LabeledSet) => 1 - cosine(gradientSum(set, weights), goal);
    expect(gap({ ...rows, x })).toBeLessThan(gap(rows) / 2);
    x.forEach((value, at) => {
      expect(Math.abs(value - rows.x[at]!)).toBeLessThanOrEqual(32);
    });
  });
});

describe('gradient-matching', () => {
  it('changes rows of the class that a model thinks next likely for each target, and no label', async () => {
    const { index, labels, aim } = await gradientMatching.poison(craft(0.1, params, { candidates }));
    expect([...labels]).toEqual([...index].map((row) => clean.y[row]));
    expect(index.length).toBe(300);
    const probabilities = probabilitiesOf(test, await fitSurrogate(clean, rootOf('another')));
    for (const [i, row] of aim.attacked.entries()) {
      expect(new Set(labels.subarray(75 * i, 75 * (i + 1)))).toEqual(new Set([aim.wanted![i]]));
      const third = 3 - test.y[row]! - aim.wanted![i]!;
      expect(probabilities[3 * row + aim.wanted![i]!]! + 0.05).toBeGreaterThan(probabilities[3 * row + third]!);
    }
  });

  it('takes no more rows of a class than there is room, and says so where targets are left without', async () => {
    const room = { ...noBounds(clean), labelled: Int32Array.of(75, 75, 75) };
    const three = await gradientMatching.poison(craft(0.075, { ...params, targets: 3 }, { candidates, room }));
    expect([...three.aim.wanted!].sort()).toEqual([0, 1, 2]);
    await expect(gradientMatching.poison(craft(0.1, params, { candidates, room }))).rejects.toThrow(
      '3 targets have 75 rows',
    );
  });
});
