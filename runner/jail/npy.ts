import { FormatError } from '../../lib/contract/formats/format-error.ts';
import { quoted } from '../../lib/contract/formats/quoted.ts';

export type NpyArray = {
  readonly shape: readonly number[];
  readonly data: Uint8Array | Int32Array | BigInt64Array | Float32Array;
};

const arrays = { '|u1': Uint8Array, '<i4': Int32Array, '<i8': BigInt64Array, '<f4': Float32Array } as const;
type Descr = keyof typeof arrays;

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]; // \x93NUMPY, version 1.0
const preamble = magic.length + 2;

/**
 * The bytes of `np.save` for a C-ordered array
 * (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 */
export function writeNpy({ shape, data }: NpyArray): Uint8Array {
  const count = shape.reduce((product, size) => product * size, 1);
  if (data.length !== count) throw new RangeError(`writeNpy: ${data.length} elements, the shape wants ${count}`);
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const words = `{'descr': '${descrOf(data)}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const header = `${words.padEnd(Math.ceil((preamble + words.length + 1) / 64) * 64 - preamble - 1)}\n`;
  const file = new Uint8Array(preamble + header.length + data.byteLength);
  file.set(magic);
  new DataView(file.buffer).setUint16(magic.length, header.length, true);
  file.set(new TextEncoder().encode(header), preamble);
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), preamble + header.length);
  return file;
}

const header =
  /^\{'descr': '([^']*)', 'fortran_order': (True|False), 'shape': \(((?:\d{1,15}, )*\d{0,15},?)\), \} *\n$/;
const mostAxes = 8;

/**
 * An array in fresh memory, of uint8, int32, int64 or float32 in C order. Throws FormatError for any other, or a length
 * that is not the shape's; each cause has its own sentence.
 */
export function readNpy(bytes: Uint8Array): NpyArray {
  if (magic.slice(0, 6).some((byte, i) => bytes[i] !== byte)) throw new FormatError('it is no .npy file');
  if (bytes.length < preamble) throw new FormatError('it ends within its header');
  if (bytes[6] !== 1 || bytes[7] !== 0)
    throw new FormatError(`it is a .npy file of version ${bytes[6]}.${bytes[7]}; version 1.0 is read`);
  const start = preamble + new DataView(bytes.buffer, bytes.byteOffset).getUint16(magic.length, true);
  if (start > bytes.length) throw new FormatError('it ends within its header');
  const match = header.exec(new TextDecoder('latin1').decode(bytes.subarray(preamble, start)));
  if (!match) throw new FormatError('its header is not what np.save writes for a plain array');
  const [descr, fortran, sizes] = [match[1]!, match[2]!, match[3]!];
  if (!Object.hasOwn(arrays, descr))
    throw new FormatError(`it holds ${quoted(descr)}; uint8, int32, int64 and float32 are read: |u1, <i4, <i8, <f4`);
  if (fortran === 'True') throw new FormatError('it is in Fortran order; C order is read: np.ascontiguousarray');
  const shape = sizes.split(',').flatMap((size) => (size.trim() === '' ? [] : [Number(size)]));
  if (shape.length > mostAxes) throw new FormatError(`it has ${shape.length} axes; at most ${mostAxes} are read`);
  const array = arrays[descr as Descr];
  const want = array.BYTES_PER_ELEMENT * shape.reduce((product, size) => product * size, 1);
  const held = bytes.length - start;
  if (held > want && magic.slice(0, 6).every((byte, i) => bytes[start + want + i] === byte))
    throw new FormatError('a second array follows the first; one is read');
  if (held !== want) throw new FormatError(`it holds ${held} bytes, its shape wants ${want}`);
  return { shape, data: new array(new Uint8Array(bytes.subarray(start)).buffer) };
}

function descrOf(data: NpyArray['data']): Descr {
  if (data instanceof Uint8Array) return '|u1';
  if (data instanceof Int32Array) return '<i4';
  return data instanceof BigInt64Array ? '<i8' : '<f4';
}
