import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { download } from '../../../runner/client/download.ts';
import { HarnessFault, UsageError } from '../../../runner/errors.ts';
import { serve } from '../../support/http-server.ts';

const content = randomBytes(100_000);
const sha256 = `sha256:${createHash('sha256').update(content).digest('hex')}`;
const never = new AbortController().signal;
/** In a folder that is not there yet. */
const target = () => join(mkdtempSync(join(tmpdir(), 'antidote-download-')), 'sub', 'file');
const leave = (path: string, part: Uint8Array) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.part`, part);
};
const whole = (path: string) => readFileSync(path).equals(content) && !existsSync(`${path}.part`);

let server: Awaited<ReturnType<typeof serve>>;
afterEach(() => server.close());

/**
 * Serves a file as a site does, its ETag the sha256 that is asked for; `cuts` end the first answers when so many bytes
 * of them have come.
 */
async function files({
  cuts = [],
  bytes = content,
  etag = `"${sha256}"`,
}: {
  cuts?: number[];
  bytes?: Buffer;
  etag?: string;
} = {}) {
  const asked: IncomingMessage['headers'][] = [];
  let breaks: { after: number; off: () => void } | undefined;
  server = await serve((request, response) => {
    asked.push(request.headers);
    const same = request.headers['if-range'] === etag;
    const from = same ? Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
    if (from >= bytes.length) return response.writeHead(416).end();
    const range = from > 0 ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {};
    response.writeHead(from > 0 ? 206 : 200, { ...range, etag, 'content-length': bytes.length - from });
    const cut = cuts.shift();
    if (cut === undefined) return response.end(bytes.subarray(from));
    response.flushHeaders();
    if (cut === 0) return response.socket?.end();
    response.write(bytes.subarray(from, from + cut));
    breaks = { after: from + cut, off: () => response.destroy() };
  });
  const url = `${server.origin}/cells/file`;
  const get = (path: string, at?: (bytes: number) => void) =>
    download({ url, path, bytes: content.length, sha256 }, never, (there) => {
      at?.(there);
      if (there === breaks?.after) breaks.off();
    });
  return { asked, url, get };
}

describe('a download', () => {
  it('goes on where a broken connection ended, asks for the rest of the same file only, and tells how much is there', async () => {
    const { asked, get } = await files({ cuts: [30_000, 20_000] });
    const path = target();
    const seen: number[] = [];
    await get(path, (bytes) => seen.push(bytes));
    expect(whole(path)).toBe(true);
    expect(asked.map(({ range }) => range?.replace(/[1-9]\d*/, 'n'))).toEqual([undefined, 'bytes=n-', 'bytes=n-']);
    expect(asked.slice(1).map((headers) => headers['if-range'])).toEqual([`"${sha256}"`, `"${sha256}"`]);
    expect(asked[0]!['accept-encoding']).toBe('identity');
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(content.length);
  });

  it('goes on with what an earlier run left', async () => {
    const { asked, get } = await files();
    const path = target();
    leave(path, content.subarray(0, 40_000));
    await get(path);
    expect([whole(path), asked.map(({ range }) => range)]).toEqual([true, ['bytes=40000-']]);
  });

  it('that breaks off again and again says in one sentence how far it came, and keeps that under another name', async () => {
    const { url, get } = await files({ cuts: [10_000, 0, 0, 0, 0] });
    const path = target();
    await expect(get(path)).rejects.toThrow(
      new RegExp(
        `^${url} broke off after \\d+ of 100000 bytes \\(.*\\); what came is kept, and the same command goes on`,
      ),
    );
    expect(existsSync(path)).toBe(false);
    expect(readFileSync(`${path}.part`).equals(content.subarray(0, 10_000))).toBe(true);
    await get(path);
    expect(whole(path)).toBe(true);
  });

  it('begins anew where the server’s file is no longer the one that the part is of', async () => {
    const { asked, url, get } = await files({ bytes: randomBytes(100_000), etag: '"another"' });
    const path = target();
    leave(path, content.subarray(0, 40_000));
    await expect(get(path)).rejects.toThrow(`${url} is not the file with ${sha256}`);
    expect(asked.map(({ range }) => range)).toEqual(['bytes=40000-', undefined]); // answered with 200, the whole
  });

  it('throws a part away that does not fit, and fetches the whole', async () => {
    const { get } = await files();
    for (const part of [randomBytes(5000), randomBytes(200_000)]) {
      const path = target();
      leave(path, part);
      await get(path);
      expect(whole(path)).toBe(true);
    }
  });

  it.each([
    ['a flipped byte', Buffer.from(content.map((value, at) => (at === 77_777 ? value ^ 1 : value)))],
    ['more bytes than there should be', Buffer.concat([content.map((value) => value ^ 1), randomBytes(1_000_000)])],
  ])('names the file that has %s, and keeps nothing of it', async (_, bytes) => {
    const { url, get } = await files({ bytes });
    const path = target();
    const failed = get(path);
    await expect(failed).rejects.toThrow(HarnessFault);
    await expect(failed).rejects.toThrow(`${url} is not the file with ${sha256}`);
    expect([existsSync(path), existsSync(`${path}.part`)]).toEqual([false, false]);
  });

  it('says that a listed file is not there', async () => {
    server = await serve((_, response) => response.writeHead(404).end());
    const url = `${server.origin}/cells/file`;
    await expect(download({ url, path: target(), bytes: 5, sha256 }, never)).rejects.toThrow(
      `${url} is listed and not there`,
    );
  });

  it('says that the disk is full, and leaves no half file', async () => {
    const { get } = await files();
    const path = target();
    mkdirSync(dirname(path));
    symlinkSync('/dev/full', `${path}.part`); // every write to it fails as on a full disk
    const failed = get(path);
    await expect(failed).rejects.toThrow(HarnessFault);
    await expect(failed).rejects.toThrow(`No room for ${path} (100000 bytes)`);
    expect(existsSync(path)).toBe(false);
  });

  it('says that its folder can’t be written, which is the caller’s to change', async () => {
    const { get } = await files();
    const path = target();
    writeFileSync(dirname(path), 'a file where the folder should be');
    await expect(get(path)).rejects.toThrow(UsageError);
  });

  it('ends at once when it is stopped, with what came', async () => {
    const controller = new AbortController();
    server = await serve((_, response) => {
      response.writeHead(200, { 'content-length': content.length }).write(content.subarray(0, 5000)); // and no more
    });
    const path = target();
    const stopped = download(
      { url: `${server.origin}/file`, path, bytes: content.length, sha256 },
      controller.signal,
      () => controller.abort(new Error('stopped')),
    );
    await expect(stopped).rejects.toThrow('stopped');
    expect([existsSync(path), existsSync(`${path}.part`)]).toEqual([false, true]);
  });
});
