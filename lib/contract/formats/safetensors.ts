import { z } from 'zod';
import { FormatError } from './format-error.ts';
import { parseHeader } from './header-json.ts';
import { quoted } from './quoted.ts';

/** A named array. `data` has as many elements as the product of `shape` (one for a scalar, whose shape is empty). */
export type Tensor = { readonly name: string; readonly shape: readonly number[]; readonly data: TensorData };
export type TensorData = Float32Array | Int32Array | BigInt64Array | Uint8Array;

const arrays = { F32: Float32Array, I32: Int32Array, I64: BigInt64Array, U8: Uint8Array } as const;
const Dtype = z.enum(['F32', 'I32', 'I64', 'U8']);

/** Room for ten thousand tensors; the format itself allows 100 MB. */
export const headerByteLimit = 1_048_576;

const Count = z.int().nonnegative();
const Shape = z.array(Count).max(8);
const Entry = z.strictObject({ dtype: Dtype, shape: Shape, data_offsets: z.tuple([Count, Count]) });
const plainName = /^[A-Za-z0-9][\w./-]{0,199}$/;

/**
 * The tensors of a safetensors file (https://huggingface.co/docs/safetensors), sorted by name, in fresh memory. Throws
 * FormatError unless all of this holds. The header is short strict JSON with known dtypes and plain names, none of them
 * twice. Each tensor has exactly the bytes of its shape. The tensors cover the rest of the file without gap or overlap.
 * Metadata is skipped. Values are not judged: NaN and ∞ are read like any other.
 */
export function readSafetensors(bytes: Uint8Array): Tensor[] {
  const { entries, body } = split(bytes);
  let end = 0;
  for (const [name, { dtype, shape, data_offsets }] of [...entries].sort(
    ([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
  )) {
    const [from, to] = data_offsets;
    if (from !== end) throw new FormatError(`its tensors leave a gap or overlap at byte ${Math.min(from, end)}`);
    if (to - from !== arrays[dtype].BYTES_PER_ELEMENT * elementsOf(shape))
      throw new FormatError(`${quoted(name)} has ${to - from} bytes, not those of its shape`);
    end = to;
  }
  if (end !== body.length)
    throw new FormatError(`it holds ${body.length} bytes of tensors, its header tells of ${end}`);
  return entries.sort(byName).map(
    ([
      name,
      {
        dtype,
        shape,
        data_offsets: [from, to],
      },
    ]) => {
      const own = new Uint8Array(body.subarray(from, to));
      return { name, shape, data: new arrays[dtype](own.buffer) };
    },
  );
}

/**
 * A file that is the same, byte for byte, for the same tensors in any order: names sorted, compact JSON padded to 8
 * bytes.
 */
export function writeSafetensors(tensors: readonly Tensor[]): Uint8Array {
  let end = 0;
  const sorted = [...tensors].sort((a, b) => (a.name < b.name ? -1 : 1));
  const entries = sorted.map(({ name, shape, data }) => {
    if (data.length !== elementsOf(shape))
      throw new RangeError(
        `writeSafetensors: ${name} has ${data.length} elements, its shape wants ${elementsOf(shape)}`,
      );
    const from = end;
    end += data.byteLength;
    return [name, { dtype: dtypeOf(data), shape, data_offsets: [from, end] }] as const;
  });
  const distinct = new Set(sorted.map(({ name }) => name)).size === sorted.length;
  if (!distinct || !sorted.every(({ name, shape }) => plainName.test(name) && Shape.safeParse(shape).success))
    throw new RangeError('writeSafetensors: want distinct, plain names');
  const json = JSON.stringify(Object.fromEntries(entries));
  const header = new TextEncoder().encode(json.padEnd(json.length + ((8 - (json.length % 8)) % 8)));
  const file = new Uint8Array(8 + header.length + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true);
  file.set(header, 8);
  sorted.forEach(({ data }, i) => {
    file.set(
      new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
      8 + header.length + entries[i]![1].data_offsets[0]!,
    );
  });
  return file;
}

type Entries = [string, z.infer<typeof Entry>][];

function split(bytes: Uint8Array): { entries: Entries; body: Uint8Array } {
  if (bytes.length < 8) throw new FormatError('it is too short for a header');
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(headerByteLimit))
    throw new FormatError(`its header claims ${length} bytes; at most ${headerByteLimit} are read`);
  const start = 8 + Number(length);
  if (start > bytes.length) throw new FormatError('it ends within its header');
  return { entries: entriesOf(bytes.subarray(8, start)), body: bytes.subarray(start) };
}

function entriesOf(header: Uint8Array): Entries {
  const { __metadata__: metadata, ...rest } = parseHeader(header);
  if (metadata !== undefined && (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)))
    throw new FormatError('its metadata is no map');
  return Object.entries(rest).map(([name, value]) => {
    if (!plainName.test(name)) throw new FormatError(`a tensor is called ${quoted(name)}; a plain name is wanted`);
    const entry = Entry.safeParse(value);
    if (entry.success) return [name, entry.data];
    const { path, message } = entry.error.issues[0]!;
    throw new FormatError(`its header is wrong at ${[quoted(name), ...path].join('.')}: ${quoted(message)}`);
  });
}

const byName = ([a]: Entries[number], [b]: Entries[number]) => (a < b ? -1 : 1);

const elementsOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);

function dtypeOf(data: TensorData): z.infer<typeof Dtype> {
  if (data instanceof Float32Array) return 'F32';
  if (data instanceof Int32Array) return 'I32';
  return data instanceof BigInt64Array ? 'I64' : 'U8';
}
