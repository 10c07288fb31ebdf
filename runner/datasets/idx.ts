/**
 * Reads an IDX file of unsigned bytes: the format of MNIST and its successors, http://yann.lecun.com/exdb/mnist/.
 * The data is a view, not a copy. Throws RangeError where header and length don't agree.
 */
export function parseIdx(file: Uint8Array): { shape: number[]; data: Uint8Array } {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const magic = file.length >= 4 ? view.getUint32(0) : 0;
  const dimensions = magic & 0xff;
  if (magic >>> 8 !== 0x08 || dimensions === 0)
    throw new RangeError(`parseIdx: magic number ${magic}, want unsigned bytes (0x08nn)`);
  const start = 4 + 4 * dimensions;
  if (file.length < start) throw new RangeError(`parseIdx: ${file.length} bytes, want a header of ${start}`);
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const data = new Uint8Array(file.buffer, file.byteOffset + start, file.length - start); // of a Buffer, slice() would be no copy
  const want = shape.reduce((product, length) => product * length, 1);
  if (data.length !== want)
    throw new RangeError(`parseIdx: ${data.length} bytes of data, want ${want} for shape ${shape.join('x')}`);
  return { shape, data };
}
