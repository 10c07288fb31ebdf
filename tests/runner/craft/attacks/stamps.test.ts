import { describe, expect, it } from 'vitest';
import type { Poison } from '../../../../lib/contract/attack.ts';
import type { LabeledSet } from '../../../../lib/contract/defense.ts';
import { adapBlend } from '../../../../runner/craft/attacks/adap-blend.ts';
import { blend } from '../../../../runner/craft/attacks/blend.ts';
import { clipRate } from '../../../../runner/craft/attacks/clip-rate.ts';
import { ops } from '../../../../runner/craft/attacks/ops.ts';
import { poisoned } from '../../../../runner/craft/trial-data.ts';
import { rootOf } from '../../../../runner/random/rng.ts';
import { craftOn } from '../../../support/craft.ts';

const noise = (n: number, name: string): LabeledSet => {
  const rng = rootOf(name);
  return {
    n,
    classes: 4,
    shape: [8, 8, 1],
    scale: 255,
    x: rng.bytes(n * 64),
    y: Int32Array.from({ length: n }, (_, row) => row % 4),
  };
};
const clean = noise(200, 'train');
const test = noise(40, 'test');
const craft = craftOn(clean, test);
const changedIn = (poison: Poison, row: number, set = clean) => {
  const after = poisoned(set, poison);
  return Array.from({ length: 64 }, (_, pixel) => pixel).filter(
    (pixel) => after.x[row * 64 + pixel] !== set.x[row * 64 + pixel],
  );
};

describe('ops', () => {
  /** Class c is 10 or 11 at pixel 20 + c, all else is noise: made white there it changes most and varies least. */
  const marked = {
    ...clean,
    x: clean.x.map((value, at) =>
      at % 64 === 20 + (Math.floor(at / 64) % 4) ? 10 + (Math.floor(at / 256) % 2) : value,
    ),
  };

  it('makes the pixel of least variation black or white, another for each class, and keeps labels', async () => {
    const poison = await ops.poison(craft(1, {}, { clean: marked }));
    for (const row of [0, 1, 2, 3, 101]) {
      expect(changedIn(poison, row, marked)).toEqual([20 + (row % 4)]);
      expect(poisoned(marked, poison).x[row * 64 + 20 + (row % 4)]).toBe(255);
    }
    expect([...poisoned(marked, poison).y]).toEqual([...marked.y]);
  });

  it('with drawn pixels takes one of the best, another for another seed', async () => {
    const pixelOf = async (name: string) => {
      const { overlay } = await ops.poison(craft(1, { pixels: 'drawn' }, { clean: marked, rng: rootOf(name) }));
      return overlay!.opacity.subarray(0, 64).indexOf(255);
    };
    const pixels = await Promise.all(Array.from({ length: 40 }, (_, i) => pixelOf(`draw ${i}`)));
    expect(new Set(pixels).size).toBeGreaterThan(8);
    expect(new Set(pixels).size).toBeLessThanOrEqual(19); // three pixels may be taken by the other classes
  });

  it('gives no two classes the same pixel, where all are alike', async () => {
    const { overlay } = await ops.poison(craft(1, {}, { clean: { ...clean, x: new Uint8Array(clean.x.length) } }));
    const pixels = [0, 1, 2, 3].map((label) => overlay!.opacity.subarray(label * 64, label * 64 + 64).indexOf(255));
    expect(new Set(pixels).size).toBe(4);
    expect(pixels).not.toContain(-1);
  });
});

describe('blend', () => {
  it('mixes a fifth of one random picture into its rows, in training and in test', async () => {
    const poison = await blend.poison(craft(0.1, { target: 1 }));
    const { pixels, opacity } = poison.aim.trigger!;
    expect(new Set(opacity)).toEqual(new Set([51]));
    expect(new Set(pixels).size).toBeGreaterThan(40);
    const after = poisoned(clean, poison);
    for (const row of poison.index)
      for (let pixel = 0; pixel < 64; pixel++)
        expect(after.x[row * 64 + pixel]).toBe(Math.round(0.8 * clean.x[row * 64 + pixel]! + 0.2 * pixels[pixel]!));
  });
});

describe('clip-rate', () => {
  it('stamps the patch of BadNets faintly', async () => {
    const poison = await clipRate.poison(craft(0.2, { target: 1, patch: 2, strength: 51 }));
    const after = poisoned(clean, poison);
    for (const row of poison.index)
      for (const pixel of [45, 46, 53, 54])
        expect(after.x[row * 64 + pixel]).toBe(Math.round(0.8 * clean.x[row * 64 + pixel]! + 0.2 * 255));
    expect(changedIn(poison, poison.index[0]!).every((pixel) => [45, 46, 53, 54].includes(pixel))).toBe(true);
    expect(poison.aim.trigger!.opacity[45]).toBe(51);
  });
});

describe('adap-blend', () => {
  it('shows a random half of the blocks in training and all of them in test', async () => {
    const poison = await adapBlend.poison(craft(0.2, { target: 1, strength: 255 }));
    const blockOf = (pixel: number) => Math.floor(pixel / 16) * 4 + Math.floor((pixel % 8) / 2);
    const shown = [...poison.index.keys()].map((i) => {
      const blocks = new Set<number>();
      for (let pixel = 0; pixel < 64; pixel++) {
        const [now, was] = [poison.rows![i * 64 + pixel], clean.x[poison.index[i]! * 64 + pixel]];
        if (now !== was) blocks.add(blockOf(pixel));
        else continue;
        expect(now).toBe(poison.aim.trigger!.pixels[pixel]);
      }
      return [...blocks].sort((a, b) => a - b).join(' ');
    });
    for (const blocks of shown) expect(blocks.split(' ').length).toBe(8);
    expect(new Set(shown).size).toBeGreaterThan(70);
    expect(new Set(poison.aim.trigger!.opacity)).toEqual(new Set([51]));
  });

  it('has a row that keeps its label for each that is called the target; a smaller budget takes the first of a larger one', async () => {
    const poison = await adapBlend.poison(craft(0.2, { target: 1, strength: 60 }));
    for (const [i, row] of poison.index.entries()) expect(poison.labels[i]).toBe(i % 2 === 0 ? 1 : clean.y[row]);
    const smaller = await adapBlend.poison(craft(0.1, { target: 1, strength: 60 }));
    expect([...smaller.index]).toEqual([...poison.index.subarray(0, smaller.index.length)]);
  });
});
