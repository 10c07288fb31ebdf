const size = 624;
const shift = 397;

/** A word of 32 bits, or several: NumPy's RandomState takes both. */
export type NumpySeed = number | readonly number[];

/**
 * The Mersenne Twister as NumPy's `RandomState(seed)` runs it, so that anybody can redraw a suite's jitter and order
 * with NumPy alone: `bytes` returns what `RandomState(seed).bytes` returns, call by call (32-bit outputs,
 * little-endian, the rest of the last one dropped). Reproducible, not secret: whoever knows the seed, or 624 outputs in
 * a row, knows all of it. Matsumoto and Nishimura 1998, seeded by init_genrand and init_by_array of the 2002 version,
 * https://doi.org/10.1145/272991.272995
 */
export function mersenneTwister(seed: NumpySeed): { bytes(n: number): Uint8Array } {
  const state = typeof seed === 'number' ? stateOf(seed) : stateOfWords(seed);
  let next = size;

  const refill = () => {
    for (let i = 0; i < size - shift; i++) state[i] = state[i + shift]! ^ twist(state[i]!, state[i + 1]!);
    for (let i = size - shift; i < size - 1; i++) state[i] = state[i + shift - size]! ^ twist(state[i]!, state[i + 1]!);
    state[size - 1] = state[shift - 1]! ^ twist(state[size - 1]!, state[0]!);
    next = 0;
  };

  return {
    bytes(n) {
      const words = new Int32Array(Math.ceil(n / 4));
      for (let done = 0; done < words.length; ) {
        if (next === size) refill();
        const count = Math.min(size - next, words.length - done);
        for (let i = 0; i < count; i++) words[done + i] = temper(state[next + i]!);
        next += count;
        done += count;
      }
      return new Uint8Array(words.buffer, 0, n);
    },
  };
}

function stateOf(seed: number): Int32Array {
  if (!isWord(seed)) throw new RangeError(`mersenneTwister: seed=${seed}, want an integer of 32 bits`);
  const state = new Int32Array(size);
  state[0] = seed; // modulo 2³², as all arithmetic here
  for (let i = 1; i < size; i++) state[i] = Math.imul(folded(state[i - 1]!), 1812433253) + i;
  return state;
}

/** Every word takes part in every word of the state. */
function stateOfWords(words: readonly number[]): Int32Array {
  if (words.length === 0 || !words.every(isWord))
    throw new RangeError(`mersenneTwister: seed=[${words}], want one integer of 32 bits or more`);
  const state = stateOf(19650218);
  let at = 1;
  const onward = () => {
    if (++at < size) return;
    state[0] = state[size - 1]!;
    at = 1;
  };
  for (let time = 0; time < Math.max(size, words.length); time++, onward()) {
    const word = time % words.length;
    state[at] = (state[at]! ^ Math.imul(folded(state[at - 1]!), 1664525)) + words[word]! + word;
  }
  for (let time = 1; time < size; time++, onward())
    state[at] = (state[at]! ^ Math.imul(folded(state[at - 1]!), 1566083941)) - at;
  state[0] = 0x80000000;
  return state;
}

const isWord = (value: number) => Number.isInteger(value) && value >= 0 && value < 2 ** 32;

const folded = (word: number) => word ^ (word >>> 30);

function twist(word: number, successor: number): number {
  const y = (word & 0x80000000) | (successor & 0x7fffffff);
  return (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
}

function temper(word: number): number {
  let y = word;
  y ^= y >>> 11;
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return y ^ (y >>> 18);
}
