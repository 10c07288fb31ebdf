import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { download } from '../../../runner/remote/download.ts';
import { serve } from '../../support/http-server.ts';

const content = randomBytes(100_000);
const sha256 = `sha256:${createHash('sha256').update(content).digest('hex')}`;
const path = () => join(mkdtempSync(join(tmpdir(), 'antidote-download-')), 'sub', 'file');
let server: Awaited<ReturnType<typeof serve>>;
afterEach(() => server.close());

/** Serves the file with ranges; `cut` ends the first answers after so many bytes. */
async function files(cuts: number[] = []) {
  const ranges: (string | undefined)[] = [];
  server = await serve((request, response) => {
    ranges.push(request.headers.range);
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (from >= content.length) return response.writeHead(416).end();
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': content.length - from });
    const cut = cuts.shift();
    if (cut === undefined) return response.end(content.subarray(from));
    response.write(content.subarray(from, from + cut), () => response.destroy());
  });
  return { url: `${server.origin}/file`, ranges };
}

describe('a download', () => {
  it('goes on where an interrupted one ended', async () => {
    const { url, ranges } = await files([30_000]);
    const target = path();
    await expect(download(url, target, sha256)).rejects.toThrow();
    expect(existsSync(target)).toBe(false);
    await download(url, target, sha256);
    expect(readFileSync(target).equals(content)).toBe(true);
    expect(Number(/\d+/.exec(ranges[1]!)![0])).toBeGreaterThan(0);
  });

  it('throws a part away that does not fit, and fetches the whole', async () => {
    const { url } = await files();
    const target = path();
    await download(url, target, sha256); // makes the folder
    writeFileSync(`${target}.part`, randomBytes(5000));
    await download(url, target, sha256);
    writeFileSync(`${target}.part`, randomBytes(200_000)); // longer than the file
    await download(url, target, sha256);
    expect(readFileSync(target).equals(content)).toBe(true);
    expect(existsSync(`${target}.part`)).toBe(false);
  });

  it('keeps nothing of a file whose sha256 is another', async () => {
    const { url } = await files();
    const target = path();
    await expect(download(url, target, `sha256:${'0'.repeat(64)}`)).rejects.toThrow(/sha256/);
    expect([existsSync(target), existsSync(`${target}.part`)]).toEqual([false, false]);
  });
});
