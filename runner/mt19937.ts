const size = 624;
const shift = 397;

/**
 * The Mersenne Twister as NumPy's `RandomState(seed)` runs it, so that anybody can redraw a suite's jitter and order with NumPy alone:
 * `bytes` returns what `RandomState(seed).bytes` returns, call by call (32-bit outputs, little-endian, the rest of the last one dropped).
 * Reproducible, not secret: whoever knows the seed, or 624 outputs in a row, knows all of it.
 * Matsumoto and Nishimura 1998, seeded by init_genrand of the 2002 version, https://doi.org/10.1145/272991.272995
 */
export function mersenneTwister(seed: number): { bytes(n: number): Uint8Array } {
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)) throw new RangeError(`mersenneTwister: seed=${seed}, want an integer of 32 bits`);
  const state = new Int32Array(size);
  state[0] = seed; // modulo 2³², as all arithmetic here
  for (let i = 1; i < size; i++) {
    const previous = state[i - 1]!;
    state[i] = Math.imul(previous ^ (previous >>> 30), 1812433253) + i;
  }
  let next = size;

  const mix = (i: number, successor: number, partner: number) => {
    const y = (state[i]! & 0x80000000) | (state[successor]! & 0x7fffffff);
    state[i] = state[partner]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
  };
  const refill = () => {
    for (let i = 0; i < size - shift; i++) mix(i, i + 1, i + shift);
    for (let i = size - shift; i < size - 1; i++) mix(i, i + 1, i + shift - size);
    mix(size - 1, 0, shift - 1);
    next = 0;
  };

  return {
    bytes(n) {
      const words = new Int32Array(Math.ceil(n / 4));
      for (let i = 0; i < words.length; i++) {
        if (next === size) refill();
        let y = state[next++]!;
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        words[i] = y ^ (y >>> 18);
      }
      return new Uint8Array(words.buffer, 0, n);
    },
  };
}
