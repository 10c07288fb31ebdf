import { createReadStream, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { resolve } from 'node:path';
import { isatty, ReadStream } from 'node:tty';
import { UsageError } from '../errors.ts';
import { causeOf, kindOf, shownPath } from './file-causes.ts';

/**
 * A file that the caller named, no more than a byte past the limit: what was handed over may have no end. Throws
 * UsageError with its name.
 */
export async function readBytes(path: string, limit = Number.POSITIVE_INFINITY): Promise<Buffer> {
  try {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of await sourceOf(path, limit)) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > limit) break;
    }
    return Buffer.concat(chunks);
  } catch (error) {
    throw error instanceof UsageError ? error : unreadable(path, error as NodeJS.ErrnoException);
  }
}

/**
 * Throws UsageError where it is a named pipe, a socket or a device: to open one may wait for ever, deaf to any signal.
 */
export async function requireRegular(path: string): Promise<Stats> {
  const there = await stat(path);
  const kind = kindOf(there);
  if (kind) throw refused(path, `it is a ${kind}; a file is wanted, or what a program hands over: /dev/stdin, <(…)`);
  return there;
}

/** What the system says of a file that the caller named, with its name. */
export const unreadable = (path: string, error: NodeJS.ErrnoException) =>
  refused(path, error.code === 'ENOENT' ? 'there is no such file' : causeOf(error));

export const refused = (path: string, reason: string) => new UsageError(`Can't read ${shownPath(path)}: ${reason}.`);

async function sourceOf(path: string, limit: number): Promise<AsyncIterable<Buffer>> {
  const handedOver = descriptorOf(path);
  const kind = handedOver === null ? null : kindOf(await stat(path));
  if (handedOver === null || kind === null) {
    await requireRegular(path);
    return createReadStream(path, { end: limit });
  }
  if (isatty(handedOver)) return new ReadStream(handedOver);
  // A read of a pipe by the file system would keep the program from ending.
  if (kind !== 'device') return new Socket({ fd: handedOver, readable: true, writable: false });
  return createReadStream('', { fd: handedOver });
}

function descriptorOf(path: string): number | null {
  const [, std, number] = /^\/(?:dev\/(stdin)|(?:dev|proc\/self)\/fd\/(\d+))$/.exec(resolve(path)) ?? [];
  return std ? 0 : number ? Number(number) : null;
}
