import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from '../../lib/contract/formats/format-error.ts';
import { readSafetensors, writeSafetensors } from '../../lib/contract/formats/safetensors.ts';
import { parseIdx } from '../../runner/datasets/idx.ts';
import { filesOfTar } from '../../runner/datasets/tar.ts';
import { readNpy, writeNpy } from '../../runner/jail/npy.ts';

const ascii = (text: string) => new TextEncoder().encode(text);
const tensors = [
  { name: 'a', shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
  { name: 'b/c', shape: [], data: Int32Array.of(5) },
];

/** The bytes of a safetensors file with that header. */
function safetensors(header: string, body: number): Uint8Array {
  const text = ascii(header);
  const bytes = new Uint8Array(8 + text.length + body);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

function tar(name: string, content: Uint8Array): Uint8Array {
  const archive = new Uint8Array(512 * (3 + Math.ceil(content.length / 512)));
  archive.set(ascii(name));
  archive.set(ascii(content.length.toString(8).padStart(11, '0')), 124);
  archive[156] = 0x30;
  const sum = archive.subarray(0, 512).reduce((total, byte) => total + byte, 8 * 32);
  archive.set(ascii(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  archive.set(content, 512);
  return archive;
}

/** The bytes that a value read may hold more than its file: none is larger than what it was read from. */
const sizeOf = (value: unknown): number => {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  const parts = value instanceof Map ? [...value.values()] : Object.values(Object(value));
  return typeof value === 'string' ? 0 : parts.reduce((sum: number, part) => sum + sizeOf(part), 0);
};

type Reader = {
  read(bytes: Uint8Array): unknown;
  error: new (message: string) => Error;
  files: Uint8Array[];
  words: string[];
};

const readers: Record<string, Reader> = {
  safetensors: {
    read: readSafetensors,
    error: FormatError,
    files: [
      writeSafetensors(tensors),
      writeSafetensors([]),
      safetensors('{"__metadata__":{"a":"\\n\\u0041"},"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}', 3),
    ],
    words: [
      '{',
      '}',
      '[',
      ']',
      '"',
      '\\',
      '\\u0061',
      '__metadata__',
      '__proto__',
      '"a":',
      'F32',
      '-1',
      '1e999',
      '9007199254740993',
      'null',
      '{"',
    ],
  },
  npy: {
    read: readNpy,
    error: FormatError,
    files: [
      writeNpy({ shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }),
      writeNpy({ shape: [], data: Uint8Array.of(1) }),
      writeNpy({ shape: [0, 3], data: new BigInt64Array(0) }),
    ],
    words: [
      '|u1',
      '<f4',
      '<f8',
      '|O',
      'True',
      '(',
      ')',
      ', ',
      '999999999',
      "{'descr': '",
      '\n',
      '\x93NUMPY',
      'constructor',
    ],
  },
  tar: {
    read: filesOfTar,
    error: RangeError,
    files: [tar('folder/x', ascii('hello')), tar('y', new Uint8Array(513).fill(7)), new Uint8Array(1024)],
    words: ['7777777', '-1', '\0', 'ustar', '0', '../../x'],
  },
  idx: {
    read: parseIdx,
    error: RangeError,
    files: [Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 2, 7, 9), Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 0)],
    words: ['\0\0\b\x01', '\xff\xff\xff\xff'],
  },
};

/** A file of the format with bytes changed, cut, put in, doubled; or any bytes at all. */
function inputs({ files, words }: Reader): fc.Arbitrary<Uint8Array> {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 4 }),
    fc.constantFrom(...words).map((word) => Uint8Array.from(word, (letter) => letter.charCodeAt(0))),
  );
  const edit = fc.record({ at: fc.nat(), without: fc.nat(4), piece });
  const mutated = fc
    .record({
      file: fc.constantFrom(...files),
      edits: fc.array(edit, { minLength: 1, maxLength: 4 }),
      twice: fc.nat(19),
    })
    .map(({ file, edits, twice }) =>
      edits.reduce(
        (bytes, { at, without, piece: put }) => {
          const place = at % (bytes.length + 1);
          return new Uint8Array(Buffer.concat([bytes.subarray(0, place), put, bytes.subarray(place + without)]));
        },
        twice === 0 ? new Uint8Array(Buffer.concat([file, file])) : file,
      ),
    );
  return fc.oneof({ arbitrary: mutated, weight: 4 }, { arbitrary: fc.uint8Array({ maxLength: 600 }), weight: 1 });
}

/** What holds of every reader of bytes, on so many inputs each. */
export function readerProperties(numRuns: number): void {
  describe.each(Object.entries(readers))('of the bytes of %s', (_, reader) => {
    test('whole files are read', () => {
      for (const file of reader.files) expect(() => reader.read(file)).not.toThrow();
    });

    test('any others give a value no larger than themselves, or a typed error of one short sentence', {
      timeout: 900_000,
    }, () => {
      fc.assert(
        fc.property(inputs(reader), (bytes) => {
          const before = Buffer.from(bytes).toString('latin1');
          try {
            expect(sizeOf(reader.read(bytes))).toBeLessThanOrEqual(bytes.length);
          } catch (error) {
            expect(error).toBeInstanceOf(reader.error);
            expect((error as Error).message).toMatch(/^.{1,200}$/);
          }
          expect(Buffer.from(bytes).toString('latin1')).toBe(before);
        }),
        { seed: 1, numRuns },
      );
    });
  });
}
