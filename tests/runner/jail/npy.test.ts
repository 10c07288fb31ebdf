import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from '../../../lib/contract/formats/format-error.ts';
import { readNpy, writeNpy } from '../../../runner/jail/npy.ts';

const arrays = [Uint8Array, Int32Array, BigInt64Array, Float32Array];
const array = fc.record({ shape: fc.array(fc.nat(4), { maxLength: 4 }), kind: fc.nat(3) }).map(({ shape, kind }) => {
  const data = new arrays[kind]!(shape.reduce((a, b) => a * b, 1));
  new Uint8Array(data.buffer).forEach((_, i, bytes) => {
    bytes[i] = (7 + 31 * i) % 256;
  });
  return { shape, data };
});

describe('npy', () => {
  test('what is written is read, bit for bit', () => {
    fc.assert(
      fc.property(array, ({ shape, data }) => {
        expect(readNpy(writeNpy({ shape, data }))).toStrictEqual({ shape, data });
      }),
    );
  });

  test('np.save writes the same bytes', () => {
    // np.save(f, np.arange(3, dtype='<i4')), NumPy 2.1
    const numpy = `\x93NUMPY\x01\x00v\x00{'descr': '<i4', 'fortran_order': False, 'shape': (3,), }${' '.repeat(60)}\n\0\0\0\0\x01\0\0\0\x02\0\0\0`;
    expect(Buffer.from(writeNpy({ shape: [3], data: Int32Array.of(0, 1, 2) })).toString('latin1')).toBe(numpy);
  });

  test('the data starts at a multiple of 64 bytes', () => {
    fc.assert(
      fc.property(array, ({ shape, data }) => {
        expect((writeNpy({ shape, data }).length - data.byteLength) % 64).toBe(0);
      }),
    );
  });

  test('a changed or missing byte never gives anything but an array or a FormatError', () => {
    fc.assert(
      fc.property(array, fc.nat(), fc.nat(255), fc.nat(9), (value, at, byte, shorter) => {
        const bytes = writeNpy(value);
        const other = bytes.slice(0, bytes.length - shorter);
        other[at % other.length] = byte;
        try {
          readNpy(other);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
        if (shorter > 0) expect(() => readNpy(bytes.subarray(0, bytes.length - shorter))).toThrow(FormatError);
      }),
    );
  });
});
