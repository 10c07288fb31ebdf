import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeNamed } from '../../../runner/host/write-named.ts';

/** What a new file in the folder is answered; null for what the system says. */
const refusal = vi.hoisted(() => ({ code: null as string | null }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const writeFile: typeof real.writeFile = async (file, text, options) => {
    const isNew = typeof options === 'object' && options?.flag === 'wx';
    if (!isNew || refusal.code === null) return real.writeFile(file, text, options);
    if (refusal.code === 'ENOSPC') await real.writeFile(file, String(text).slice(1), options);
    throw Object.assign(new Error(refusal.code), { code: refusal.code });
  };
  return { ...real, writeFile };
});

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'antidote-named-'));
  file = join(folder, 'report.json');
});
afterEach(() => {
  refusal.code = null;
  rmSync(folder, { recursive: true });
});

describe('a file that the caller names', () => {
  it('is one text or the other at every moment, however many write it at once, and nothing lies beside it', async () => {
    const texts = ['a', 'b', 'c'].map((letter) => letter.repeat(2_000_000));
    await writeNamed(file, texts[0]!);
    let writing = true;
    const written = Promise.all(texts.map((text) => writeNamed(file, text))).finally(() => {
      writing = false;
    });
    do {
      expect(texts.includes(readFileSync(file, 'utf8'))).toBe(true);
      await new Promise(setImmediate);
    } while (writing);
    await written;
    expect(readdirSync(folder)).toEqual(['report.json']);
  });

  it('stays what it was where the disk is full, which is said with its name', async () => {
    writeFileSync(file, 'hours');
    refusal.code = 'ENOSPC';
    await expect(writeNamed(file, 'more')).rejects.toMatchObject({ code: 'ENOSPC', path: file });
    expect(readFileSync(file, 'utf8')).toBe('hours');
    expect(readdirSync(folder)).toEqual(['report.json']);
  });

  it('keeps its mode, and its being a link', async () => {
    writeFileSync(file, '');
    chmodSync(file, 0o640);
    const link = join(folder, 'link');
    symlinkSync('report.json', link);
    await writeNamed(link, 'new');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual(['new', 0o640]);
    const early = join(folder, 'early');
    symlinkSync('later', early);
    await writeNamed(early, 'new');
    expect(readFileSync(join(folder, 'later'), 'utf8')).toBe('new');
  });

  it.each(['EACCES', 'EROFS'])('is written in its place where its folder takes no other: %s', async (code) => {
    writeFileSync(file, 'old');
    const { ino } = statSync(file);
    refusal.code = code;
    await writeNamed(file, 'new');
    expect([readFileSync(file, 'utf8'), statSync(file).ino]).toEqual(['new', ino]);
    await expect(writeNamed(join(folder, 'none'), 'new')).rejects.toMatchObject({ code });
  });

  it('is written as it is where it is a device', async () => {
    await writeNamed('/dev/null', 'new');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});
