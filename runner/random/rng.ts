import { createHash } from 'node:crypto';
import type { Streams } from '../../lib/contract/task.ts';
import { ziggurat } from './ziggurat.ts';

/**
 * Seeded randomness that forks by name. A stream is 32 bytes; its draws come from a hash of them and so tell nothing
 * about them, and a fork is a hash of them and a name: who holds a fork learns nothing of its parent or its sisters.
 * The same seed gives the same draws on every machine. Integers, `uniform`, `sample` and `shuffle` use integer
 * arithmetic and exact divisions only; `gaussians` alone uses Math.log and Math.exp. Generator: xoshiro128**, Blackman
 * and Vigna 2018, https://arxiv.org/abs/1805.01407. Not hardened against an observer of many draws.
 */
export class Rng {
  readonly hex: string;
  /** Of xoshiro128**. */
  readonly state: Int32Array;

  constructor(seed: string) {
    if (!/^[0-9a-f]{64}$/.test(seed)) throw new RangeError(`Rng: seed='${seed}', want 64 hex digits`);
    this.hex = seed;
    const hash = sha256('draws', seed);
    this.state = Int32Array.from({ length: 4 }, (_, word) => hash.readInt32LE(4 * word));
  }

  fork(name: string): Rng {
    return new Rng(sha256(`fork ${name}`, this.hex).toString('hex'));
  }

  /** The next 32 bits, as a signed integer. */
  next(): number {
    const state = this.state;
    const a = state[0]!;
    const b = state[1]!;
    const c = state[2]!;
    const d = state[3]!;
    const five = Math.imul(b, 5);
    const mixed = d ^ b;
    state[1] = b ^ c ^ a;
    state[0] = a ^ mixed;
    state[2] = c ^ a ^ (b << 9);
    state[3] = (mixed << 11) | (mixed >>> 21);
    return Math.imul((five << 7) | (five >>> 25), 9);
  }

  /** Uniform in [0, 1), a multiple of 2^-53. */
  uniform(): number {
    return ((this.next() >>> 5) * 67_108_864 + (this.next() >>> 6)) / 9_007_199_254_740_992;
  }

  /** Uniform in 0 … n − 1, without bias. */
  below(n: number): number {
    if (!(Number.isInteger(n) && n > 0 && n <= 2 ** 32))
      throw new RangeError(`below: n=${n}, want an integer in 1 … 2^32`);
    const fair = 2 ** 32 - (2 ** 32 % n);
    let draw = this.next() >>> 0;
    while (draw >= fair) draw = this.next() >>> 0;
    return draw % n;
  }

  /** k distinct numbers of 0 … n − 1 in random order. */
  sample(n: number, k: number): Int32Array {
    if (!(k <= n)) throw new RangeError(`sample: k=${k} of n=${n}`);
    const all = Int32Array.from({ length: n }, (_, index) => index);
    this.moveToFront(all, k);
    return all.slice(0, k);
  }

  /** Shuffles in place and returns it. */
  shuffle(values: Int32Array): Int32Array {
    this.moveToFront(values, values.length);
    return values;
  }

  /** Swaps a uniform k-subset of the values, in uniform order, into the first k places, whatever order they were in. */
  moveToFront(values: Int32Array, k: number): void {
    for (let place = 0; place < k; place++) {
      const other = place + this.below(values.length - place);
      const value = values[other]!;
      values[other] = values[place]!;
      values[place] = value;
    }
  }

  /** A class other than `label`, uniform. */
  otherThan(label: number, classes: number): number {
    const draw = this.below(classes - 1);
    return draw < label ? draw : draw + 1;
  }

  /** n independent draws of N(0, std²). */
  gaussians(n: number, std: number): Float32Array {
    return ziggurat(this, n, std);
  }

  bytes(n: number): Uint8Array {
    const words = Uint32Array.from({ length: Math.ceil(n / 4) }, () => this.next());
    return new Uint8Array(words.buffer, 0, n);
  }
}

const sha256 = (label: string, hex: string) =>
  createHash('sha256').update(`antidote ${label}\0`).update(Buffer.from(hex, 'hex')).digest();

/** The stream of 32 bytes, given as 64 hex digits. */
export const rngOf = (seed: string) => new Rng(seed);

/** The stream that a text names. */
export const rootOf = (text: string) => new Rng(createHash('sha256').update(text).digest('hex'));

/**
 * What a trial draws in training: a function of dataset, model and seed, so that defenses, attacks and budgets are
 * compared on the same draws.
 */
export const streamsOf = (dataset: string, model: string, seed: number): Streams =>
  streamsFrom(rootOf(`antidote training\0${dataset}\0${model}\0${seed}`));

/** One for each thing that training draws. */
export function streamsFrom(root: Rng): Streams {
  const [init, batches, noise, random] = ['init', 'batches', 'noise', 'random'].map((name) => root.fork(name).hex) as [
    string,
    string,
    string,
    string,
  ];
  return { init, batches, noise, random };
}

/** Other streams, from which these can't be found. */
export function forkedStreams({ init, batches, noise, random }: Streams, name: string): Streams {
  const fork = (stream: string) => rngOf(stream).fork(name).hex;
  return { init: fork(init), batches: fork(batches), noise: fork(noise), random: fork(random) };
}
