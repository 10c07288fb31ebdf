import { describe, expect, it } from 'vitest';
import { drawJitter, hygieneSeeds, jittered, secretOrder } from '../../../runner/craft/hygiene.ts';

const size = 784;
const n = 2_000;
const row = (value: number) => ({
  n,
  classes: 10,
  shape: [28, 28, 1],
  scale: 255,
  x: new Uint8Array(n * size).fill(value),
  y: new Int32Array(n),
});
const all = Int32Array.from({ length: n }, (_, at) => at);
const jitter = drawJitter(7, n, size);

describe('jitter', () => {
  it('multiplies each row by a gain of .85 to 1.15, uniform', () => {
    const gains = [...jitter.gain].map((gain) => gain / 65_536);
    expect(Math.min(...gains)).toBeGreaterThanOrEqual(0.85);
    expect(Math.max(...gains)).toBeLessThanOrEqual(1.15);
    expect(gains.filter((gain) => gain < 0.925).length / n).toBeCloseTo(0.25, 1);
    expect(gains.reduce((sum, gain) => sum + gain, 0) / n).toBeCloseTo(1, 2);
  });

  it('is clip(round(g·x) + u, 0, 255) with u of −3 … 3, each as often', () => {
    const { x } = jittered(row(100), jitter, all, all);
    const counts = new Map<number, number>();
    for (let at = 0; at < x.length; at++) {
      const shift = x[at]! - Math.round((jitter.gain[Math.floor(at / size)]! / 65_536) * 100);
      counts.set(shift, (counts.get(shift) ?? 0) + 1);
    }
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([-3, -2, -1, 0, 1, 2, 3]);
    for (const count of counts.values()) expect(count / x.length).toBeCloseTo(1 / 7, 2);
  });

  it.each([
    [0, [0, 1, 2, 3]],
    [255, [214, 255]],
  ])('clips a row of %i at the ends', (value, seen) => {
    const { x } = jittered(row(value), jitter, all, all);
    const values = new Set(x);
    for (const wanted of seen) expect(values).toContain(wanted);
    if (value === 0) expect(values.size).toBe(4);
  });

  it('makes copies of one row differ', () => {
    const { x } = jittered(row(100), jitter, all, all);
    expect(
      new Set(Array.from({ length: n }, (_, at) => Buffer.from(x.subarray(at * size, (at + 1) * size)).toString('hex')))
        .size,
    ).toBe(n);
  });
});

describe('secretOrder', () => {
  it('is a permutation of its own for each seed', () => {
    const [one, again, other] = [secretOrder(1, 60_000), secretOrder(1, 60_000), secretOrder(2, 60_000)];
    expect(new Set(one).size).toBe(60_000);
    expect(Buffer.from(again.buffer).equals(Buffer.from(one.buffer))).toBe(true);
    expect(one.filter((place, at) => place === other[at]).length).toBeLessThan(20);
    expect(one.filter((place, at) => place === at).length).toBeLessThan(20);
  });
});

describe('hygieneSeeds', () => {
  it('gives 32 bits for each use by the first hygiene, other ones for another data set or seed', () => {
    const seeds = [
      hygieneSeeds({ dataset: 'fashion-mnist', seed: 0 }),
      hygieneSeeds({ dataset: 'fashion-mnist', seed: 1 }),
      hygieneSeeds({ dataset: 'fashion-mnist-3-4', seed: 0 }),
    ].flatMap((of) => Object.values(of));
    expect(new Set(seeds).size).toBe(9);
    for (const seed of seeds) expect(Number.isInteger(seed) && Number(seed) >= 0 && Number(seed) < 2 ** 32).toBe(true);
  });

  it('gives 256 bits for each use by the second, other ones for another draw or seed: too many to try', () => {
    const draw = { plan: 'core', dataset: 'fashion-mnist', seed: '0123456789abcdef'.repeat(4) };
    const seeds = [
      hygieneSeeds({ dataset: 'fashion-mnist', seed: 0, draw }),
      hygieneSeeds({ dataset: 'fashion-mnist', seed: 1, draw }),
      hygieneSeeds({ dataset: 'fashion-mnist', seed: 0, draw: { ...draw, seed: 'f'.repeat(64) } }),
    ].flatMap((of) => Object.values(of) as number[][]);
    expect(new Set(seeds.flat()).size).toBe(72);
    for (const words of seeds) expect(words.length).toBe(8);
  });
});
