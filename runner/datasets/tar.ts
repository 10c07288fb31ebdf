import { quoted } from '../../lib/contract/formats/quoted.ts';

const block = 512;

/**
 * The regular files of a tar archive by the last part of their names, as views. Format: POSIX.1-1988 ustar and what
 * came before it; names above 100 characters are not wanted here. Throws RangeError for an archive that is torn or
 * none.
 */
export function filesOfTar(archive: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (let at = 0; at + block <= archive.length; ) {
    const header = archive.subarray(at, at + block);
    if (header.every((byte) => byte === 0)) return files;
    const [name, size, sum] = [textAt(header, 0, 100), octalAt(header, 124, 12), octalAt(header, 148, 8)];
    const found = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
    if (found !== sum)
      throw new RangeError(`no tar archive: the header at byte ${at} adds up to ${found}, it says ${sum}`);
    if (!(size >= 0)) throw new RangeError(`no tar archive: the header at byte ${at} has no size`);
    const start = at + block;
    if (start + size > archive.length) throw new RangeError(`the tar archive ends within ${quoted(name)}`);
    const regular = header[156] === 0 || header[156] === 0x30;
    if (regular) files.set(name.split('/').at(-1)!, new Uint8Array(archive.buffer, archive.byteOffset + start, size));
    at = start + Math.ceil(size / block) * block;
  }
  throw new RangeError('the tar archive has no end');
}

const textAt = (header: Uint8Array, from: number, length: number) =>
  Buffer.from(header.subarray(from, from + length))
    .toString('latin1')
    .replace(/\0.*$/s, '');

const octalAt = (header: Uint8Array, from: number, length: number) => wholeOctal(textAt(header, from, length).trim());

const wholeOctal = (text: string) => (/^[0-7]*$/.test(text) ? Number.parseInt(text || '0', 8) : Number.NaN);
