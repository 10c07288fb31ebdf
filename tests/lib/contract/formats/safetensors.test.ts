import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from '../../../../lib/contract/formats/format-error.ts';
import {
  headerByteLimit,
  readSafetensors,
  type Tensor,
  writeSafetensors,
} from '../../../../lib/contract/formats/safetensors.ts';

const arrays = [Float32Array, Int32Array, BigInt64Array, Uint8Array];
const tensor = fc
  .record({
    name: fc.stringMatching(/^[a-z0-9][a-z0-9./_-]{0,20}$/),
    shape: fc.array(fc.nat(4), { maxLength: 4 }),
    kind: fc.nat(3),
    seed: fc.nat(255),
  })
  .map(({ name, shape, kind, seed }): Tensor => {
    const data = new arrays[kind]!(shape.reduce((a, b) => a * b, 1));
    new Uint8Array(data.buffer).forEach((_, i, bytes) => {
      bytes[i] = (seed + 31 * i) % 256;
    });
    return { name, shape, data };
  });
const tensors = fc.uniqueArray(tensor, { maxLength: 6, selector: ({ name }) => name });

/** A file with this header text and so many zero bytes after it. */
function file(header: string, bodyBytes: number): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + bodyBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}
const entry = (from: number, to: number, shape = [(to - from) / 4], dtype = 'F32') =>
  JSON.stringify({ dtype, shape, data_offsets: [from, to] });

describe('safetensors', () => {
  test('what is written is read, sorted by name, bit for bit', () => {
    fc.assert(
      fc.property(tensors, (list) => {
        const bytes = (data: Tensor['data']) => Buffer.from(data.buffer).toString('hex');
        const plain = (all: readonly Tensor[]) =>
          all.map(({ name, shape, data }) => [name, shape, data.constructor.name, bytes(data)]);
        expect(plain(readSafetensors(writeSafetensors(list)))).toEqual(
          plain([...list].sort((a, b) => (a.name < b.name ? -1 : 1))),
        );
      }),
    );
  });

  test('the order of the tensors does not change the file', () => {
    fc.assert(
      fc.property(tensors, (list) => {
        expect(writeSafetensors([...list].reverse())).toEqual(writeSafetensors(list));
      }),
    );
  });

  test('a changed, added or missing byte never gives anything but tensors or a FormatError', () => {
    fc.assert(
      fc.property(tensors, fc.nat(), fc.nat(255), fc.integer({ min: -9, max: 9 }), (list, at, byte, longer) => {
        const bytes = writeSafetensors(list);
        const other = new Uint8Array(Math.max(0, bytes.length + longer));
        other.set(bytes.subarray(0, other.length));
        if (other.length > 0) other[at % other.length] = byte;
        try {
          readSafetensors(other);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
        if (longer !== 0)
          expect(() =>
            readSafetensors(
              Buffer.concat([bytes.subarray(0, bytes.length + Math.min(longer, 0)), Buffer.alloc(Math.max(longer, 0))]),
            ),
          ).toThrow(FormatError);
      }),
    );
  });

  test('a file that the Python library writes is read', () => {
    const header = `{"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"I64","shape":[],"data_offsets":[8,16]}}   `;
    expect(readSafetensors(file(header, 16)).map(({ name, shape }) => [name, shape])).toEqual([
      ['a', []],
      ['b', [2]],
    ]);
  });

  test.each<[string, Uint8Array]>([
    ['an empty file', new Uint8Array()],
    ['a header that is longer than the file', file('{}', 0).subarray(0, 9)],
    ['a header that claims 2^60 bytes', Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 16, 123)],
    ['a header over the limit', file('{}'.padEnd(headerByteLimit + 1), 0)],
    ['no JSON', file('{', 0)],
    ['an array', file('[]', 0)],
    ['white space first', file(' {}', 0)],
    ['bytes that are not UTF-8', Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0xff)],
    ['an unknown dtype', file(`{"a":${entry(0, 4, [2], 'F16')}}`, 4)],
    ['an unknown field', file(`{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}`, 4)],
    ['a name twice', file(`{"a":${entry(0, 4)},"a":${entry(0, 4)}}`, 4)],
    ['a field twice', file(`{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}`, 4)],
    ['a name hidden by metadata', file(`{"__metadata__":{"x":"y"},"a":${entry(0, 4)},"a":${entry(0, 4)}}`, 4)],
    ['__proto__ as a name', file(`{"__proto__":${entry(0, 4)}}`, 4)],
    ['overlapping tensors', file(`{"a":${entry(0, 8)},"b":${entry(4, 12)}}`, 12)],
    ['a gap', file(`{"a":${entry(0, 4)},"b":${entry(8, 12)}}`, 12)],
    ['a gap at the start', file(`{"a":${entry(4, 8)}}`, 8)],
    ['bytes after the last tensor', file(`{"a":${entry(0, 4)}}`, 8)],
    ['offsets beyond the end', file(`{"a":${entry(0, 400)}}`, 4)],
    ['offsets that run backward', file(`{"a":${entry(4, 0, [1])}}`, 4)],
    ['a shape that needs more bytes', file(`{"a":${entry(0, 4, [3])}}`, 4)],
    ['a shape that overflows', file(`{"a":${entry(0, 0, [9007199254740991, 9007199254740991])}}`, 0)],
    ['a negative size', file(`{"a":${entry(0, 4, [-1, -1])}}`, 4)],
    ['a fraction', file(`{"a":${entry(0, 4, [0.5, 2])}}`, 4)],
    ['metadata that is no map', file(`{"__metadata__":[1]}`, 0)],
  ])('%s is refused', (_, bytes) => {
    expect(() => readSafetensors(bytes)).toThrow(FormatError);
  });

  test('a tensor whose data is not of its shape, or a name twice, is not written', () => {
    const data = new Float32Array(3);
    expect(() => writeSafetensors([{ name: 'a', shape: [2], data }])).toThrow(RangeError);
    expect(() => writeSafetensors([1, 2].map(() => ({ name: 'a', shape: [3], data })))).toThrow(RangeError);
  });
});
