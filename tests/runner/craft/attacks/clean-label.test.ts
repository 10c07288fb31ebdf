import { describe, expect, it } from 'vitest';
import type { LabeledSet } from '../../../../lib/contract/defense.ts';
import { labelConsistent } from '../../../../runner/craft/attacks/label-consistent.ts';
import { sig } from '../../../../runner/craft/attacks/sig.ts';
import { sineOfTurns } from '../../../../runner/craft/attacks/sine.ts';
import { fitSurrogate, lossGradient, probabilitiesOf } from '../../../../runner/craft/attacks/surrogate.ts';
import { poisoned } from '../../../../runner/craft/trial-data.ts';
import { takeRows } from '../../../../runner/datasets/rows.ts';
import { rootOf } from '../../../../runner/random/rng.ts';
import { craftOn } from '../../../support/craft.ts';

/** Three classes, each with one bright third of the picture, under noise. */
function thirds(n: number, name: string): LabeledSet {
  const rng = rootOf(name);
  const y = Int32Array.from({ length: n }, (_, row) => row % 3);
  const x = Uint8Array.from(
    { length: n * 36 },
    (_, at) => 50 + rng.below(100) + (Math.floor((at % 36) / 12) === y[Math.floor(at / 36)]! ? 50 : 0),
  );
  return { n, classes: 3, shape: [6, 6, 1], scale: 255, x, y };
}
const clean = thirds(300, 'train');
const test = thirds(30, 'test');
const craft = craftOn(clean, test);

describe('sineOfTurns', () => {
  it('is the sine, at whatever turn', () => {
    for (let turns = 0; turns < 3; turns += 0.01)
      expect(Math.abs(sineOfTurns(turns) - Math.sin(2 * Math.PI * turns))).toBeLessThan(1e-9);
  });
});

describe.each([
  ['sig', sig, { target: 2, strength: 60 }],
  ['label-consistent', labelConsistent, { target: 2, epsilon: 20 }],
] as const)('%s', (_, attack, params) => {
  it('takes rows of its target alone, and keeps their label', async () => {
    const { index, labels, aim } = await attack.poison(craft(0.2, params));
    expect([...index].map((row) => clean.y[row])).toEqual(new Array(60).fill(2));
    expect([...labels]).toEqual(new Array(60).fill(2));
    expect([...aim.others!]).toEqual([2]);
  });

  it('draws a target that has so many rows, and refuses one that has not', async () => {
    const two = { ...clean, y: clean.y.map((label) => Math.min(label, 1)) };
    for (const name of ['a', 'b', 'c']) {
      const drawn = { ...params, target: 'drawn' };
      const { labels } = await attack.poison(craft(0.5, drawn, { clean: two, rng: rootOf(name) }));
      expect(new Set(labels)).toEqual(new Set([1]));
    }
    await expect(attack.poison(craft(0.5, params))).rejects.toThrow('class 2 has 100 rows, want 150');
  });
});

describe('sig', () => {
  it('lays a wave over the columns that is nowhere higher than it may be', async () => {
    const poison = await sig.poison(craft(0.2, { target: 2, strength: 60 }));
    const { pixels, opacity } = poison.aim.trigger!;
    expect(Math.max(...opacity)).toBeLessThanOrEqual(60);
    for (let at = 6; at < 36; at++) expect([pixels[at], opacity[at]]).toEqual([pixels[at - 6], opacity[at - 6]]);
    const after = poisoned(clean, poison);
    for (const row of poison.index)
      for (let at = 0; at < 36; at++)
        expect(Math.abs(after.x[row * 36 + at]! - clean.x[row * 36 + at]!)).toBeLessThanOrEqual(60);
  });
});

describe('label-consistent', () => {
  it('moves no pixel further than it may but under the patch, and makes the rows harder for a model', async () => {
    const many = thirds(3_000, 'many');
    const poison = await labelConsistent.poison(craft(0.02, { target: 2, epsilon: 20, patch: 2 }, { clean: many }));
    const { opacity, pixels } = poison.aim.trigger!;
    const before = takeRows(many, poison.index);
    for (let at = 0; at < before.x.length; at++) {
      const [now, was] = [poison.rows![at]!, before.x[at]!];
      if (opacity[at % 36] === 255) expect(now).toBe(pixels[at % 36]);
      else expect(Math.abs(now - was)).toBeLessThanOrEqual(20);
    }
    const model = await fitSurrogate(many, rootOf('another'));
    const sureness = (x: Uint8Array) =>
      probabilitiesOf({ ...before, x }, model).reduce((sum, p, at) => (at % 3 === 2 ? sum + p : sum), 0) / before.n;
    expect(sureness(poison.rows!)).toBeLessThan(sureness(before.x) - 0.15);
  });
});

describe('lossGradient', () => {
  it('is the slope of the loss, by differences', async () => {
    const model = await fitSurrogate(clean, rootOf('a'));
    const row = takeRows(clean, [4]);
    const loss = (x: Uint8Array) => -Math.log(probabilitiesOf({ ...row, x }, model)[row.y[0]!]!);
    const gradient = lossGradient(row, model);
    for (const at of [0, 13, 35]) {
      const [up, down] = [row.x.slice(), row.x.slice()];
      up[at]! += 1;
      down[at]! -= 1;
      expect(gradient[at]! / ((255 / 2) * (loss(up) - loss(down)))).toBeCloseTo(1, 3);
    }
  });
});
