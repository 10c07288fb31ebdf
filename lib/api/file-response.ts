import { createReadStream, type ReadStream } from 'node:fs';
import 'server-only';
import { namesTag } from '../contract/etag.ts';
import { lengthHeader } from '../contract/length-header.ts';
import type { ListedFile } from '../contract/manifest.ts';
import { rangeOf } from './range.ts';

/** By a file's name, else by what it ends in. */
const types: Record<string, string> = {
  'croissant.json': 'application/ld+json; profile="http://mlcommons.org/croissant/1.1"',
  LICENSE: 'text/plain; charset=utf-8',
  json: 'application/json',
  md: 'text/markdown; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
};

/**
 * A file of a frozen suite, whole or the range asked for (RFC 9110): its strong ETag is its sha256, so that a broken
 * download goes on where it stopped, and only if the file is still the same. Never compressed on the way: the bytes are
 * what was hashed.
 */
export function fileResponse(request: Request, file: ListedFile & { location: string }): Response {
  const etag = `"${file.sha256}"`;
  const name = file.path.split('/').at(-1)!;
  const headers: Record<string, string> = {
    etag,
    'accept-ranges': 'bytes',
    'cache-control': 'public, max-age=3600, no-transform',
    'content-type': types[name] ?? types[name.split('.').at(-1)!] ?? 'application/octet-stream',
    'content-disposition': `attachment; filename="${name}"`,
  };
  if (namesTag(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers });
  const condition = request.headers.get('if-range');
  const range = condition === null || condition === etag ? rangeOf(request.headers.get('range'), file.bytes) : 'whole';
  if (range === 'none')
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${file.bytes}` } });
  const [first, last] = range === 'whole' ? [0, file.bytes - 1] : [range.first, range.last];
  headers['content-length'] = headers[lengthHeader] = String(last - first + 1);
  if (range !== 'whole') headers['content-range'] = `bytes ${first}-${last}/${file.bytes}`;
  const status = range === 'whole' ? 200 : 206;
  if (request.method === 'HEAD' || file.bytes === 0) return new Response(null, { status, headers });
  return new Response(bytesOf(createReadStream(file.location, { start: first, end: last })), { status, headers });
}

/** Read as fast as it is taken. */
function bytesOf(file: ReadStream): ReadableStream<Uint8Array> {
  const chunks = file.iterator();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
    cancel: () => {
      file.destroy();
    },
  });
}
