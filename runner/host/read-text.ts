import { readBytes, refused } from './read-bytes.ts';

/** Reports on the largest suite have some megabytes. */
const limitBytes = 64 * 2 ** 20;

/** A file that the caller named, byte for byte. Throws UsageError with its name, also where it is not in UTF-8. */
export async function readText(path: string): Promise<string> {
  const bytes = await readBytes(path, limitBytes);
  if (bytes.length > limitBytes) throw refused(path, `it has more than ${limitBytes / 2 ** 20} MiB`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refused(path, 'it is not in UTF-8; save it in that encoding');
  }
}

/** Without the byte order mark that some editors put before JSON. */
export const withoutMark = (text: string) => text.replace(/^\ufeff/, '');
