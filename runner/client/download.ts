import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { HarnessFault, UsageError } from '../errors.ts';
import { fileSha256 } from '../host/sha256.ts';
import { pausesMs, problemOf, reasonOf, send } from './http.ts';

/** A file to be had: its address, the name it shall have here, its length, and `sha256:` with 64 hex digits. */
export type Wanted = { readonly url: string; readonly path: string; readonly bytes: number; readonly sha256: string };

/** A server that sends nothing for so long is taken for gone. */
const stallMs = 60_000;

/**
 * Downloads to `<path>.part`, goes on where an earlier try ended, and renames when the sha256 is right: the name never
 * stands for a wrong file. A connection that breaks is opened anew until three tries in a row have brought nothing. A
 * file with the wrong sha256 is thrown away once and fetched whole. `at` hears how many bytes are there. Throws
 * HarnessFault or SiteProblem with one sentence, the signal's reason where it is aborted; what came so far is then kept
 * in the part.
 */
export async function download(
  wanted: Wanted,
  signal: AbortSignal,
  at: (bytes: number) => void = () => {},
): Promise<void> {
  const { url, path, bytes, sha256 } = wanted;
  const part = `${path}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    for (const again of [true, false]) {
      await complete(part, wanted, signal, at);
      if ((await fileSha256(part)) === sha256) return await rename(part, path);
      await rm(part);
      if (!again)
        throw new HarnessFault(
          `${url} is not the file with ${sha256}, and was not when it was fetched again; nothing of it is kept.`,
        );
    }
  } catch (error) {
    throw signal.aborted ? signal.reason : inWords(error, path, bytes);
  }
}

/** Fetches until the part is as long as the file, or longer. */
async function complete(part: string, wanted: Wanted, signal: AbortSignal, at: (bytes: number) => void): Promise<void> {
  const { url, bytes } = wanted;
  let has = await lengthOf(part);
  for (let idle = 0; has < bytes; ) {
    const had = has;
    const end = await fetchRest(part, had, wanted, signal, at);
    has = await lengthOf(part);
    if (has >= bytes) return;
    idle = has > had ? 0 : idle + 1;
    const pause = pausesMs[idle];
    if (pause === undefined)
      throw new HarnessFault(
        `${url} broke off after ${has} of ${bytes} bytes (${end}); what came is kept, and the same command goes on from there.`,
      );
    await sleep(pause, undefined, { signal });
  }
}

/**
 * One answer, appended to the part; if it is of another file than the part, the whole of it in its place, and never
 * more than the file's length. Says what ended it, for the case that it was short.
 */
async function fetchRest(
  part: string,
  have: number,
  { url, bytes, sha256 }: Wanted,
  signal: AbortSignal,
  at: (bytes: number) => void,
): Promise<string> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(new Error(`nothing came for ${stallMs / 1000} s`)), stallMs);
  const headers = {
    'accept-encoding': 'identity',
    ...(have > 0 && { range: `bytes=${have}-`, 'if-range': `"${sha256}"` }),
  };
  try {
    const response = await send(url, () => ({ headers, redirect: 'follow' }), { signal, limit: () => silence.signal });
    if (response.status === 404)
      throw new HarnessFault(`${url} is listed and not there; ask who runs the site to publish the suite again.`);
    const resumes = response.status === 206;
    if (response.status === 416 || (resumes && !response.headers.get('content-range')?.startsWith(`bytes ${have}-`))) {
      await rm(part);
      return 'the server has another file of that name';
    }
    if (!response.ok || !response.body) throw await problemOf(response);
    let length = resumes ? have : 0;
    let end = 'the server sent no more';
    const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
    const counted = async function* (): AsyncGenerator<Uint8Array> {
      try {
        for await (const chunk of body) {
          timer.refresh();
          const room = bytes - length;
          length += Math.min(room, chunk.length);
          at(length);
          yield chunk.subarray(0, room);
          if (chunk.length > room) return;
        }
      } catch (error) {
        end = reasonOf(silence.signal.aborted ? silence.signal.reason : error); // and what came before is written all the same
      }
    };
    await pipeline(counted, createWriteStream(part, { flags: resumes ? 'a' : 'w' }));
    signal.throwIfAborted();
    return end;
  } finally {
    clearTimeout(timer);
  }
}

/** What went wrong here and not on the way. */
const isOfDisk = (error: unknown): error is NodeJS.ErrnoException =>
  ['open', 'write', 'close', 'mkdir', 'rename', 'rm', 'unlink', 'stat', 'lstat'].includes(
    (error as NodeJS.ErrnoException).syscall ?? '',
  );

function inWords(error: unknown, path: string, bytes: number): unknown {
  if (!isOfDisk(error)) return error;
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT')
    return new HarnessFault(
      `No room for ${path} (${bytes} bytes); make some, and the same command goes on from there.`,
    );
  return new UsageError(`Can't write ${path} (${error.message}); name another folder.`);
}

async function lengthOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0;
}
