import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { fileResponse } from '../../lib/api/file-response.ts';
import { rangeOf } from '../../lib/api/range.ts';
import { smoke1 } from '../../lib/catalog/suites/smoke-1.ts';
import { lengthHeader } from '../../lib/contract/length-header.ts';
import { Manifest } from '../../lib/contract/manifest.ts';
import { findSuiteFile, suiteFiles } from '../../lib/suite-store.ts';

const data = await vi.hoisted(async () => {
  const { mkdtempSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const folder = mkdtempSync(`${tmpdir()}/antidote-files-`);
  process.env.ANTIDOTE_DATA = folder;
  return folder;
});

const sha256 = (bytes: Uint8Array) => `sha256:${createHash('sha256').update(bytes).digest('hex')}` as const;
const content = randomBytes(1000);
const folder = join(data, 'suites', 'smoke-1');
mkdirSync(join(folder, 'cells'), { recursive: true });
writeFileSync(join(folder, 'cells/a.safetensors'), content);
writeFileSync(join(folder, 'unlisted.txt'), 'not of the suite');
writeFileSync(join(data, 'chores.secret'), 'secret');
const files = [{ path: 'cells/a.safetensors', bytes: content.length, sha256: sha256(content) }];
const manifest = Buffer.from(JSON.stringify({ format: 'antidote-suite-1', suite: 'smoke-1', files }));
writeFileSync(join(folder, 'manifest.json'), manifest);
const suite = { ...smoke1, digest: sha256(manifest) };

describe('the suite’s files', () => {
  it('lie in its folder: a manifest that lists another path is refused', () => {
    const outside = { path: '../../chores.secret', bytes: 6, sha256: sha256(Buffer.from('secret')) };
    expect(Manifest.safeParse({ format: 'antidote-suite-1', suite: 'smoke-1', files }).success).toBe(true);
    expect(Manifest.safeParse({ format: 'antidote-suite-1', suite: 'smoke-1', files: [outside] }).success).toBe(false);
  });

  it('are the manifest and what it lists', async () => {
    expect((await suiteFiles(suite))?.map(({ path }) => path)).toEqual([
      'manifest.json',
      ...files.map(({ path }) => path),
    ]);
    expect(await findSuiteFile(suite, 'manifest.json')).toMatchObject({ sha256: suite.digest, bytes: manifest.length });
  });

  it('are none where what lies there has another digest', async () => {
    expect(await suiteFiles({ ...suite, id: 'other-1' })).toBeNull();
    mkdirSync(join(data, 'suites', 'other-1'), { recursive: true });
    writeFileSync(join(data, 'suites', 'other-1', 'manifest.json'), `${manifest} `);
    expect(await suiteFiles({ ...suite, id: 'other-1' })).toBeNull();
  });

  it.each([
    'unlisted.txt',
    '../../chores.secret',
    'cells/../manifest.json',
    '/etc/passwd',
    'cells',
    '',
    'cells/a.safetensors\0',
    'cells//a.safetensors',
    './manifest.json',
    'MANIFEST.JSON',
  ])('are no others: %j', async (path) => {
    expect(await findSuiteFile(suite, path)).toBeNull();
  });
});

it('a listed file that is gone, or not the bytes that are listed, is told of: nobody gets it', async () => {
  const location = join(folder, 'cells/a.safetensors');
  const flipped = Buffer.from(content.map((byte, at) => (at === 7 ? byte ^ 1 : byte)));
  for (const harm of [
    () => writeFileSync(location, content.subarray(1)),
    () => writeFileSync(location, flipped),
    () => rmSync(location),
  ]) {
    harm();
    await expect(findSuiteFile(suite, 'cells/a.safetensors')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('cells/a.safetensors'),
    });
  }
  writeFileSync(location, content);
});

describe('a file is answered', () => {
  const etag = `"${sha256(content)}"`;
  const get = async (headers: Record<string, string> = {}, method = 'GET') => {
    const answer = fileResponse(
      new Request('http://localhost/f', { headers, method }),
      (await findSuiteFile(suite, 'cells/a.safetensors'))!,
    );
    return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
  };

  it('whole, with its sha256 as a strong ETag, and never transformed', async () => {
    const { status, headers, bytes } = await get();
    expect([status, bytes.equals(content)]).toEqual([200, true]);
    expect([headers.get('etag'), headers.get('content-length'), headers.get('accept-ranges')]).toEqual([
      etag,
      '1000',
      'bytes',
    ]);
    expect(headers.get(lengthHeader), 'for the server, since Next drops the other one').toBe('1000');
    expect(headers.get('cache-control')).toContain('no-transform');
    expect(headers.get('content-disposition')).toBe('attachment; filename="a.safetensors"');
  });

  it.each([
    ['croissant.json', 'application/ld+json; profile="http://mlcommons.org/croissant/1.1"'],
    ['suite.json', 'application/json'],
    ['LICENSE', 'text/plain; charset=utf-8'],
    ['one/poison.csv', 'text/csv; charset=utf-8'],
    ['one/poison.safetensors', 'application/octet-stream'],
  ])('as what it is: %s', (path, type) => {
    const file = { path, bytes: 0, sha256: sha256(Buffer.alloc(0)), location: '/dev/null' };
    expect(fileResponse(new Request('http://localhost/f'), file).headers.get('content-type')).toBe(type);
  });

  it.each([
    ['bytes=0-0', 0, 0],
    ['bytes=10-19', 10, 19],
    ['bytes=990-', 990, 999],
    ['bytes=990-5000', 990, 999],
    ['bytes=-1', 999, 999],
    ['bytes=-5000', 0, 999],
  ])('in part: %s', async (range, first, last) => {
    const { status, headers, bytes } = await get({ range });
    expect([status, headers.get('content-range'), headers.get('content-length')]).toEqual([
      206,
      `bytes ${first}-${last}/1000`,
      `${last - first + 1}`,
    ]);
    expect(bytes.equals(content.subarray(first, last + 1))).toBe(true);
  });

  it.each(['bytes=1000-', 'bytes=5000-6000', 'bytes=-0'])('416 past its end: %s', async (range) => {
    const { status, headers, bytes } = await get({ range });
    expect([status, headers.get('content-range'), bytes.length]).toEqual([416, 'bytes */1000', 0]);
  });

  it.each(['bytes=0-1,5-6', 'bytes=9-1', 'lines=0-1', 'bytes=', 'bytes=a-b', 'bytes=--1'])(
    'whole where the range is none we must heed: %s',
    async (range) => {
      expect((await get({ range })).status).toBe(200);
    },
  );

  it('304 to who has it', async () => {
    for (const tag of [etag, `"other", ${etag}`, `W/${etag}`, '*'])
      expect((await get({ 'if-none-match': tag })).status).toBe(304);
    expect((await get({ 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('in part only if it is still the same', async () => {
    expect((await get({ range: 'bytes=0-9', 'if-range': etag })).status).toBe(206);
    for (const other of ['"other"', `W/${etag}`, 'Mon, 23 Nov 2026 00:00:00 GMT'])
      expect((await get({ range: 'bytes=0-9', 'if-range': other })).status).toBe(200);
  });

  it('without its bytes to HEAD', async () => {
    const { status, headers, bytes } = await get({}, 'HEAD');
    expect([status, headers.get('content-length'), bytes.length]).toEqual([200, '1000', 0]);
  });
});

it('a range lies inside the file, whatever is asked', () => {
  fc.assert(
    fc.property(
      fc.nat(5000),
      fc.nat(5000),
      fc.nat(2000),
      fc.constantFrom('both', 'open', 'suffix'),
      (from, to, size, form) => {
        const range = rangeOf(form === 'suffix' ? `bytes=-${to}` : `bytes=${from}-${form === 'both' ? to : ''}`, size);
        if (typeof range === 'string') return true;
        return range.first >= 0 && range.first <= range.last && range.last < size;
      },
    ),
  );
});
