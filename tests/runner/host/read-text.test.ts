import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../../runner/errors.ts';
import { readText } from '../../../runner/host/read-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'antidote-read-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const problem = (path: string) => readText(path).then(String, (error: Error) => error);

describe('a file that the caller names', () => {
  it('is read as it is: with its byte order mark, its line ends, and nothing in it', async () => {
    for (const text of ['\ufeffexport {}\r\n', '', 'é😀\n']) expect(await readText(file('a.mjs', text))).toBe(text);
  });

  it('is refused where it is not in UTF-8: what is sent would else be another text', async () => {
    const latin = file('latin.mjs', Buffer.from('/* \u00e9 */', 'latin1'));
    expect(await problem(latin)).toBeInstanceOf(UsageError);
    expect(String(await problem(latin))).toMatch(/latin\.mjs: it is not in UTF-8/);
    expect(String(await problem(file('wide.mjs', Buffer.from('\ufeffexport {}', 'utf16le'))))).toMatch(/UTF-8/);
  });

  it('is refused in a sentence where it is not there, is a folder, leads to itself, or has no end', async () => {
    symlinkSync('loop', join(folder, 'loop'));
    expect(String(await problem(join(folder, 'gone')))).toMatch(/gone: there is no such file\.$/);
    expect(String(await problem(folder))).toMatch(/: it is a folder\.$/);
    expect(String(await problem(join(folder, 'loop')))).toMatch(/loop: it is a link that leads to itself\.$/);
    expect(String(await problem('/dev/zero'))).toMatch(/\/dev\/zero: it has more than 64 MiB\.$/);
  });
});
