import { expect, test } from 'vitest';
import { FormatError } from '../../../../lib/contract/formats/format-error.ts';
import { readSafetensors } from '../../../../lib/contract/formats/safetensors.ts';
import { readNpy, writeNpy } from '../../../../runner/jail/npy.ts';
import { readerProperties } from '../../../support/reader-properties.ts';

readerProperties(500);

function safetensors(header: string, body = 4): Uint8Array {
  const bytes = new Uint8Array(8 + Buffer.byteLength(header) + body);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(Buffer.byteLength(header)), true);
  bytes.set(Buffer.from(header), 8);
  return bytes;
}
const entry = '{"dtype":"F32","shape":[1],"data_offsets":[0,4]}';

/** The sentence that a reader refuses these bytes with. */
function refusal(read: (bytes: Uint8Array) => unknown, bytes: Uint8Array): string {
  try {
    read(bytes);
    return 'read';
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return (error as FormatError).message;
  }
}

test.each([
  ['text with escapes', '{"note":"a \\"quoted\\" line\\n\\u00e9 \\\\"}'],
  ['names with escapes', '{"\\u0061":"1","b\\n":"2"}'],
  ['what is no text', '{"epoch":3,"more":{"deep":[1,2]}}'],
  ['nothing', '{}'],
  ['very much', `{"note":"${'\\"'.repeat(400_000)}"}`],
])('metadata is skipped and not judged: %s', (_, metadata) => {
  expect(readSafetensors(safetensors(`{"__metadata__":${metadata},"a":${entry}}`))).toMatchObject([{ name: 'a' }]);
});

test.each([
  ['{"a":', /^its header is no JSON$/],
  [' {}', /^its header does not start with \{$/],
  [`{"${'!'.repeat(900_000)}":${entry}}`, /^a tensor is called !{59}…; a plain name is wanted$/],
  [
    `{"a":{"dtype":"F32","shape":[${Array(20_000).fill(1)}],"data_offsets":[0,4]}}`,
    /^its header is wrong at a\.shape: .{1,60}$/,
  ],
  [
    `{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"${'x'.repeat(9000)}":1}}`,
    /^its header is wrong at a: .{1,60}$/,
  ],
  [`{"a":${entry},"\\u0061":${entry}}`, /^a name or a field comes twice in its header$/],
  ['{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}', /^a name or a field comes twice/],
  [`{"\\u001b[31m":${entry}}`, /^a tensor is called \?\[31m; a plain name/],
  [`{"a":${'['.repeat(500_000)}`, /^its header has more than 8 levels$/],
  ['{"__metadata__":[],"a":1}', /^its metadata is no map$/],
])('a header of safetensors is refused in a sentence of its own: %#', (header, sentence) => {
  expect(refusal(readSafetensors, safetensors(header))).toMatch(sentence);
});

const one = writeNpy({ shape: [2], data: Float32Array.of(1, 2) });
const with_ = (from: string, to: string) =>
  new Uint8Array(Buffer.from(Buffer.from(one).toString('latin1').replace(from, to), 'latin1'));

test.each<[string, Uint8Array, RegExp]>([
  ['two in one file', new Uint8Array(Buffer.concat([one, one])), /^a second array follows the first; one is read$/],
  ['bytes behind it', new Uint8Array(Buffer.concat([one, Buffer.alloc(3)])), /^it holds 11 bytes, its shape wants 8$/],
  ['too few bytes', one.subarray(0, one.length - 1), /^it holds 7 bytes, its shape wants 8$/],
  ['half a header', one.subarray(0, 30), /^it ends within its header$/],
  ['another format', Buffer.from('PK\x03\x04 a zip archive'), /^it is no \.npy file$/],
  ['nothing', new Uint8Array(), /^it is no \.npy file$/],
  ['version 2', with_('NUMPY\x01', 'NUMPY\x02'), /version 2\.0; version 1\.0 is read$/],
  ['doubles', with_('<f4', '<f8'), /^it holds <f8; uint8, int32/],
  ['big endian', with_('<f4', '>f4'), /^it holds >f4; /],
  ['Fortran order', with_('False,', 'True, '), /header is not what np\.save writes/],
  ['Fortran order, as NumPy writes it', with_("False, 'shape': (2,), }", "True, 'shape': (2,), } "), /Fortran order/],
])('an .npy file is refused in a sentence of its own: %s', (_, bytes, sentence) => {
  expect(refusal(readNpy, bytes)).toMatch(sentence);
});
