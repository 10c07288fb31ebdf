import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rngOf, rootOf, streamsOf } from '../../../runner/random/rng.ts';

const correlation = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, value, index) => sum + value * b[index]!, 0) / a.length;

describe('a stream', () => {
  test('is the same on every machine: pinned draws', () => {
    const rng = rootOf('antidote');
    expect([rng.next(), rng.below(1000), rng.below(1000), rng.uniform()]).toMatchInlineSnapshot(`
      [
        -1637378593,
        523,
        174,
        0.9655609151694161,
      ]
    `);
    expect(Array.from(rng.gaussians(4, 1))).toMatchInlineSnapshot(`
      [
        0.34968632459640503,
        0.5518700480461121,
        -0.30383047461509705,
        -0.6015889048576355,
      ]
    `);
  });

  test('forks by name: the same name gives the same draws, another name others, whatever was drawn before', () => {
    const rng = rootOf('parent');
    const before = rng.fork('noise').gaussians(100, 1);
    rng.uniform();
    expect(rng.fork('noise').gaussians(100, 1)).toEqual(before);
    expect(rng.fork('batches').gaussians(100, 1)).not.toEqual(before);
  });

  test('does not carry its seed in its state, nor its parent in its seed', () => {
    const parent = rootOf('parent');
    const child = parent.fork('child');
    const state = Buffer.from(child.state.buffer).toString('hex');
    expect(child.hex).not.toContain(state.slice(0, 8));
    expect(child.hex).not.toBe(parent.hex);
    expect(rngOf(child.hex).fork('a').hex).toBe(child.fork('a').hex);
  });

  test('sister forks are uncorrelated', () => {
    const rng = rootOf('sisters');
    const [a, b] = [rng.fork('a').gaussians(100_000, 1), rng.fork('b').gaussians(100_000, 1)];
    expect(Math.abs(correlation(a, b))).toBeLessThan(4 / Math.sqrt(100_000));
  });

  test('refuses what is no seed', () => {
    expect(() => rngOf('abc')).toThrow(RangeError);
  });
});

describe('draws', () => {
  test('below and uniform are flat', () => {
    const rng = rootOf('flat');
    const counts = new Int32Array(7);
    for (let draw = 0; draw < 70_000; draw++) counts[rng.below(7)]!++;
    const chi = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chi).toBeLessThan(22.5); // 6 degrees of freedom, p = .001
    const uniforms = Float64Array.from({ length: 100_000 }, () => rng.uniform());
    expect(uniforms.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(uniforms.reduce((a, b) => a + b, 0) / uniforms.length).toBeCloseTo(0.5, 2);
  });

  test('sample gives distinct numbers in range, shuffle keeps the values, otherThan never gives the label', () => {
    const seed = fc.string();
    fc.assert(
      fc.property(seed, fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 200 }), (text, n, k) => {
        const rng = rootOf(text);
        const rows = rng.sample(n, Math.min(k, n));
        expect(new Set(rows).size).toBe(Math.min(k, n));
        expect(rows.every((row) => row >= 0 && row < n)).toBe(true);
        const identity = Int32Array.from({ length: n }, (_, index) => index);
        expect(rng.shuffle(identity.slice()).sort()).toEqual(identity);
        expect(rng.otherThan(n % 10, 10)).not.toBe(n % 10);
      }),
    );
  });

  test('bytes has the length asked for and is flat', () => {
    const bytes = rootOf('bytes').bytes(100_003);
    expect(bytes.length).toBe(100_003);
    expect(bytes.reduce((a, b) => a + b, 0) / bytes.length).toBeCloseTo(127.5, -0.5);
  });

  test('gaussians have the moments and tails of N(0, std²)', () => {
    const n = 2_000_000;
    const values = rootOf('moments').gaussians(n, 2);
    const moment = (power: number) => values.reduce((sum, value) => sum + (value / 2) ** power, 0) / n;
    expect(Math.abs(moment(1))).toBeLessThan(4 / Math.sqrt(n));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    expect(Math.abs(moment(3))).toBeLessThan(4 * Math.sqrt(15 / n));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / n));
    const share = (limit: number) =>
      values.reduce((count, value) => count + (Math.abs(value) > 2 * limit ? 1 : 0), 0) / n;
    for (const [limit, expected] of [
      [0.1, 0.920344],
      [1, 0.317311],
      [2, 0.0455],
      [3, 0.0026998],
      [3.8, 0.00014469],
    ] as const)
      expect(Math.abs(share(limit) - expected)).toBeLessThan(4 * Math.sqrt(expected / n));
  });

  test('neighboring gaussians are independent, also in size', () => {
    const values = rootOf('neighbors').gaussians(1_000_001, 1);
    const sizes = values.map((value) => value * value - 1);
    expect(Math.abs(correlation(values.subarray(1), values))).toBeLessThan(4e-3);
    expect(Math.abs(correlation(sizes.subarray(1), sizes))).toBeLessThan(8e-3);
  });
});

test('streams are a function of dataset, model and seed, four different ones', () => {
  const streams = streamsOf('fashion-mnist', 'lr', 0);
  expect(streamsOf('fashion-mnist', 'lr', 0)).toEqual(streams);
  expect(new Set([...Object.values(streams), ...Object.values(streamsOf('fashion-mnist', 'lr', 1))]).size).toBe(8);
});
