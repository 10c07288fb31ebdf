import { deflateSync } from 'node:zlib';

/**
 * An image of this shape, gray or RGB by its channels, 8 bits each, as a PNG file without loss
 * (https://www.w3.org/TR/png-3/).
 */
export function png(pixels: Uint8Array, [height, width, channels]: readonly [number, number, number]): Buffer {
  if (pixels.length !== height * width * channels || (channels !== 1 && channels !== 3))
    throw new RangeError(`png: ${pixels.length} bytes, want ${height} × ${width} × 1 or 3`);
  const lines = Buffer.alloc(height * (1 + width * channels)); // each begins with 0: no filter
  for (let y = 0; y < height; y++)
    lines.set(pixels.subarray(y * width * channels, (y + 1) * width * channels), y * (1 + width * channels) + 1);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, channels === 1 ? 0 : 2], 8); // bits, color type
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const file = Buffer.alloc(12 + data.length);
  file.writeUInt32BE(data.length, 0);
  file.write(type, 4, 'latin1');
  file.set(data, 8);
  file.writeUInt32BE(crc32(file.subarray(4, 8 + data.length)), 8 + data.length);
  return file;
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** The checksum of the PNG specification, annex D. */
function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = table[(value ^ byte) & 255]! ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
