import type { LabeledSet } from '../../lib/contract/defense.ts';
import { rowSize } from '../datasets/rows.ts';
import { mersenneTwister, type NumpySeed } from '../random/mt19937.ts';
import { rootOf } from '../random/rng.ts';
import { type Setting, seedRoot } from './setting.ts';

/** Seeds of NumPy's RandomState: jitter of the training rows, their order, jitter of the test rows. */
export type HygieneSeeds = { readonly train: NumpySeed; readonly order: NumpySeed; readonly test: NumpySeed };

/**
 * A function of data set, seed and the suite's draw alone, so that one clean run serves every scenario of its data set
 * and model. 32 bits each by the first hygiene, 256 by the second.
 */
export function hygieneSeeds({ dataset, seed, draw }: Setting): HygieneSeeds {
  const root = draw ? seedRoot(draw, seed).fork('hygiene') : rootOf(`antidote hygiene\0${dataset}\0${seed}`);
  const seedOf = (name: string) => {
    const words = root
      .fork(name)
      .hex.match(/.{8}/g)!
      .map((word) => Number.parseInt(word, 16));
    return draw ? words : words[0]!;
  };
  return { train: seedOf('train'), order: seedOf('order'), test: seedOf('test') };
}

/** Of n rows: one gain each, in 65,536ths, and one raw byte for each pixel. */
export type Jitter = { readonly gain: Int32Array; readonly noise: Uint8Array }; // [n], [n · size]

/** .85 and 1.15 in 65,536ths, rounded inwards: the bounds of the gains, both included. */
const leastGain = 55_706;
const gains = 19_661;

/**
 * Draws the jitter of n rows of `size` pixels. Integers throughout, so that NumPy draws the same (see the README of a
 * built suite).
 */
export function drawJitter(seed: NumpySeed, n: number, size: number): Jitter {
  const generator = mersenneTwister(seed);
  const words = new Uint32Array(generator.bytes(4 * n).buffer);
  const gain = Int32Array.from(words.subarray(0, n), (word) => leastGain + Math.floor((word * gains) / 2 ** 32));
  return { gain, noise: generator.bytes(n * size) };
}

/**
 * The named rows of a set of n under its jitter, in the order named: x′ = clip(round(g·x) + u, 0, 255), g ~ U[.85,
 * 1.15] per row, u ~ U{−3 … 3} per pixel. `places[i]` says whose draws row i of the set takes. It blurs what copies,
 * duplicates and membership in the public data set give away.
 */
export function jittered(set: LabeledSet, { gain, noise }: Jitter, rows: Int32Array, places: Int32Array): LabeledSet {
  const size = rowSize(set);
  const x = new Uint8ClampedArray(rows.length * size);
  const y = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const [row, place] = [rows[i]!, places[i]!];
    y[i] = set.y[row]!;
    jitterRow(
      set.x.subarray(row * size, (row + 1) * size),
      gain[place]!,
      noise.subarray(place * size, (place + 1) * size),
      x.subarray(i * size, (i + 1) * size),
    );
  }
  return { ...set, n: rows.length, x: new Uint8Array(x.buffer), y };
}

/** `out` clips what it is given. */
function jitterRow(pixels: Uint8Array, gain: number, noise: Uint8Array, out: Uint8ClampedArray): void {
  for (let i = 0; i < out.length; i++) out[i] = ((gain * pixels[i]! + 32_768) >> 16) + ((noise[i]! * 7) >> 8) - 3;
}

/** A permutation of 0 … n − 1: the rows in the order of n random words, ties in their own. */
export function secretOrder(seed: NumpySeed, n: number): Int32Array {
  const words = new Uint32Array(mersenneTwister(seed).bytes(4 * n).buffer);
  const keyed = Float64Array.from({ length: n }, (_, row) => words[row]! * 2 ** 20 + row).sort(); // exact: 32 + 20 bits
  return Int32Array.from(keyed, (key) => key % 2 ** 20);
}
