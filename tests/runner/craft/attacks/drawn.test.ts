import { describe, expect, it } from 'vitest';
import type { LabeledSet } from '../../../../lib/contract/defense.ts';
import { badnets } from '../../../../runner/craft/attacks/badnets.ts';
import { badnetsAllToAll } from '../../../../runner/craft/attacks/badnets-all-to-all.ts';
import { confidenceFlip } from '../../../../runner/craft/attacks/confidence-flip.ts';
import { drawnPatch } from '../../../../runner/craft/attacks/drawn-patch.ts';
import { classWithRoom, crowdedClass, noBounds } from '../../../../runner/craft/attacks/room.ts';
import { targetInsertion } from '../../../../runner/craft/attacks/target-insertion.ts';
import { rootOf } from '../../../../runner/random/rng.ts';
import { craftOn } from '../../../support/craft.ts';

const gray = (n: number, pixel: (at: number) => number = () => 128): LabeledSet => ({
  n,
  classes: 4,
  shape: [8, 8, 1],
  scale: 255,
  x: Uint8Array.from({ length: n * 64 }, (_, at) => pixel(at % 64)),
  y: Int32Array.from({ length: n }, (_, row) => row % 4),
});
const clean = gray(200);
const test = gray(40);
const craft = craftOn(clean, test);
const names = Array.from({ length: 20 }, (_, i) => `draw ${i}`);

describe('room', () => {
  const room = { labelled: Int32Array.of(5, 2, 9), taken: Int32Array.of(9, 9, 1) };
  const y = Int32Array.of(0, 1, 2, 2, 2);

  it('is drawn among the classes that have it, and all of those', () => {
    expect(new Set(names.map((name) => classWithRoom(room, 3, rootOf(name))))).toEqual(new Set([0, 2]));
    expect(() => classWithRoom(room, 10, rootOf('a'))).toThrow('no class has room for 10 poison rows');
  });

  it('is broken by too many rows of a label, and by too many that are taken of a class', () => {
    const crowded = (index: number[], labels: number[]) =>
      crowdedClass(room, y, Int32Array.from(index), Int32Array.from(labels));
    expect(crowded([0, 1, 2], [1, 1, 1])).toBe('3 poison rows of label 1, its histogram allows 2');
    expect(crowded([2, 3], [0, 0])).toBe('it takes 2 rows of class 2, 1 can be replaced');
    expect(crowded([2, 3], [0, 2])).toBeNull();
  });
});

describe('a drawn patch', () => {
  it('is a square of black and white pixels, one more white than black, somewhere in the image', () => {
    const places = names.map((name) => {
      const { pixels, opacity } = drawnPatch(clean, 3, rootOf(name));
      const covered = [...opacity.keys()].filter((at) => opacity[at] === 255);
      expect(opacity.filter((share) => share === 0).length).toBe(55);
      expect(covered.map((at) => at - covered[0]!)).toEqual([0, 1, 2, 8, 9, 10, 16, 17, 18]);
      expect(covered.filter((at) => pixels[at] === 255).length).toBe(5);
      expect(covered.filter((at) => pixels[at] === 0).length).toBe(4);
      return `${covered[0]} ${covered.map((at) => pixels[at])}`;
    });
    expect(new Set(places).size).toBeGreaterThan(15);
  });

  it('lies where rows are lit, so that who blackens what is dark in most of them leaves it', () => {
    const lit = (at: number) => at % 8 >= 4 && at >= 32;
    const corner = gray(20, (at) => (lit(at) ? 31 : 30));
    for (const name of names) {
      const { opacity } = drawnPatch(corner, 3, rootOf(name));
      expect([...opacity.keys()].filter((at) => opacity[at] === 255).every(lit)).toBe(true);
    }
  });

  it('lies where it changes the rows: on the darker quarter of a gray picture', () => {
    const corner = (at: number) => at % 8 >= 4 && at >= 32;
    const dark = gray(20, (at) => (corner(at) ? 31 : 128));
    for (const name of names) {
      const { pixels } = drawnPatch(dark, 3, rootOf(name));
      expect([...pixels.keys()].filter((at) => pixels[at] === 255 && corner(at)).length).toBeGreaterThan(1);
    }
  });
});

describe('badnets', () => {
  it('with a drawn target stamps the seed’s patch in training and in test, and calls the rows the seed’s class', async () => {
    const targets = await Promise.all(
      names.map(async (name) => {
        const { labels, overlay, aim } = await badnets.poison(craft(0.1, { target: 'drawn' }, { rng: rootOf(name) }));
        expect(new Set(labels).size).toBe(1);
        expect(aim.wanted![0]).toBe(labels[0]);
        expect([...aim.others!]).toEqual([labels[0]]);
        expect([...overlay!.pixels.subarray(0, 64)]).toEqual([...aim.trigger!.pixels]);
        return labels[0];
      }),
    );
    expect(new Set(targets).size).toBe(4);
  });

  it('all to all calls every row the class after its own, and wants that of every test row', async () => {
    const { index, labels, aim } = await badnetsAllToAll.poison(craft(0.5, {}));
    expect([...labels]).toEqual([...index].map((row) => (clean.y[row]! + 1) % 4));
    expect([...aim.wanted!]).toEqual([...test.y].map((label) => (label + 1) % 4));
    expect(aim.attacked.length).toBe(40);
    expect([...aim.others!]).toEqual([0, 1, 2, 3]);
  });
});

describe('confidence-flip', () => {
  /** Sure of every row alike, the next class likely for all. */
  const surrogate = async () =>
    Float64Array.from({ length: clean.n * 4 }, (_, at) => [0.6, 0.3, 0.08, 0.02][(at - (at >> 2)) & 3]!);

  it('gives the class after a full one, and passes over a class that can give no more', async () => {
    const room = { labelled: Int32Array.of(200, 5, 200, 200), taken: Int32Array.of(200, 200, 3, 200) };
    const { index, labels } = await confidenceFlip.poison(craft(0.5, {}, { surrogate, room }));
    expect(index.length).toBe(100);
    expect(crowdedClass(room, clean.y, index, labels)).toBeNull();
    expect(labels.filter((label) => label === 1).length).toBe(5);
    expect(crowdedClass(noBounds(clean), clean.y, index, labels)).toBeNull();
  });
});

describe('target-insertion', () => {
  it('lays each mixed copy over another row of the target’s class: half to seven tenths of it are left', async () => {
    const white = { ...gray(40, () => 255), y: test.y };
    const black = { ...gray(200, () => 0), y: Int32Array.from(clean.y) };
    const other = Int32Array.from(black.y.keys()).filter((row) => black.y[row] !== 2);
    for (const row of other) black.x.fill(255, row * 64, (row + 1) * 64);
    const candidates = Int32Array.from(white.y.keys()).filter((row) => white.y[row] === 2);
    const { rows } = await targetInsertion.poison(
      craftOn(black, white)(12, { targets: 2, copies: 'mixed' }, { candidates }),
    );
    const shares = Array.from({ length: 24 }, (_, copy) => rows![64 * copy]!);
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(128);
    expect(Math.max(...shares)).toBeLessThanOrEqual(178);
    expect(new Set(shares).size).toBeGreaterThan(12);
  });

  it('wishes for no label without room for the copies', async () => {
    const candidates = Int32Array.from(test.y.keys());
    const room = { ...noBounds(clean), labelled: Int32Array.of(0, 40, 40, 40) };
    const { labels } = await targetInsertion.poison(craft(10, { targets: 8 }, { candidates, room }));
    expect(crowdedClass(room, clean.y, new Int32Array(), labels)).toBeNull();
    await expect(targetInsertion.poison(craft(15, { targets: 8 }, { candidates, room }))).rejects.toThrow(
      'no label has room for 15 copies',
    );
  });
});
