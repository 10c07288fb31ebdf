import { createReadStream } from 'node:fs';
import { UsageError } from '../errors.ts';
import { causeOf, shownPath } from './file-causes.ts';

/** Reports on the largest suite have some megabytes. */
const limitBytes = 64 * 2 ** 20;

/** A file that the caller named, byte for byte. Throws UsageError with its name, also where it is not in UTF-8. */
export async function readText(path: string): Promise<string> {
  const bytes = await bytesOf(path).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(path, error);
  });
  if (bytes.length > limitBytes) throw refused(path, `it has more than ${limitBytes / 2 ** 20} MiB`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refused(path, 'it is not in UTF-8; save it in that encoding');
  }
}

/** What the system says of a file that the caller named, with its name. */
export const unreadable = (path: string, error: NodeJS.ErrnoException) =>
  refused(path, error.code === 'ENOENT' ? 'there is no such file' : causeOf(error));

const refused = (path: string, reason: string) => new UsageError(`Can't read ${shownPath(path)}: ${reason}.`);

/** Without the byte order mark that some editors put before JSON. */
export const withoutMark = (text: string) => text.replace(/^\ufeff/, '');

/** No more than a byte past the limit: a device may have no end. */
async function bytesOf(path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(path, { end: limitBytes })) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
