import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { mersenneTwister } from '../../../runner/random/mt19937.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/**
 * Computed with NumPy 2.4.6: RandomState(seed).bytes(10), .bytes(5), .bytes(4) one after the other; sha256 of
 * RandomState(seed).bytes(100003).
 */
const drawnByNumpy: [seed: number | number[], ten: string, five: string, four: string, long: string][] = [
  [
    0,
    'ac0a7f8c2faac49775a6',
    'c0cc21d843',
    'fb52a2db',
    '2f39cc18fd15fa000f5f4a1b5664f320d083438638b5e74f877268a52f3f38e6',
  ],
  [
    1,
    '25f4c16aeb8047ff8c2f',
    '4814bceeff',
    '89c3cc20',
    'b0b3f67013158d7bdd657a855d1ef2b6311f2073341e911d1774ce13a4087423',
  ],
  [
    42,
    '66dce15fb33deacb5c03',
    '0e95f52e6a',
    '47d499c7',
    '4421215551250399604708b310197da086312dde38686151073ec1bfc90116e9',
  ],
  [
    4294967295,
    'a369fe182241921c0cec',
    '47ac0c90b4',
    '40febc86',
    '5bb2cfd68cd07a81104885b71434ec0871559fc144d3e9614cecd6bd972c9be9',
  ],
  [
    1234567890,
    '8255699eff972b5766a5',
    '2fe426268c',
    '330f813b',
    '6e8f77e52326c1d4fc4cdfdc495cdd0f5a5b7b91359549b3d54ea8430ce76310',
  ],
  [
    [0],
    'cd072cd8be6f9f62ac4c',
    '8206e7e355',
    '342f5d0a',
    'b0378290774ae511cb38c4eea5f4d534a7d1ff64d7b9a849b450b94deec886d9',
  ],
  [
    [19088743, 2309737967, 19088743, 2309737967, 1, 0, 4294967295, 7],
    'a04b0c3963e1a5a55a31',
    '6d256a7924',
    'f0661228',
    '1c5e75f9d4c8d37b6f46553ad49a0062679e5ebd07ad7aee14e1302d2a0dbd0c',
  ],
  [
    Array.from({ length: 1_000 }, (_, i) => i),
    'f5b530ef16b884d7dc20',
    '6d4aeff8a2',
    '4b37d235',
    'e94cfa38cfc9c26352e39bda8d07669bf4c6f07832010a66856b0e1899541487',
  ],
];

describe('mersenneTwister', () => {
  it.each(drawnByNumpy)("draws what NumPy's RandomState(%j) draws, call by call", (seed, ten, five, four, long) => {
    const generator = mersenneTwister(seed);
    expect([generator.bytes(10), generator.bytes(5), generator.bytes(4)].map(hex)).toEqual([ten, five, four]);
    expect(createHash('sha256').update(mersenneTwister(seed).bytes(100_003)).digest('hex')).toBe(long);
  });

  it.each([-1, 0.5, 2 ** 32, Number.NaN, [], [1, -1], [2 ** 32]])('refuses %s as a seed', (seed) =>
    expect(() => mersenneTwister(seed)).toThrow(/seed=/),
  );
});
