import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readOut } from '../../../runner/jail/out.ts';

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'antidote-test-out-'));
});
afterEach(() => rmSync(out, { recursive: true }));

const put = (name: string, content = 'x') => writeFileSync(join(out, name), content);
const weights = () => join(out, 'weights.safetensors');

/** As a user who is not root: root lists and reads whatever there is. */
function asNobody<T>(act: () => T): T {
  if (process.getuid?.() !== 0) return act();
  process.seteuid!(65_534);
  try {
    return act();
  } finally {
    process.seteuid!(0);
  }
}

describe('what a guest left', () => {
  test.each(['members', 'epochs'])('is refused where its %s may not be listed, and is not our fault', (folder) => {
    chmodSync(out, 0o755);
    mkdirSync(join(out, folder), { mode: 0 });
    expect(() => asNobody(() => readOut(out, 1000))).toThrow(`bad-output: ${folder} in /out cannot be listed.`);
  });

  test('is refused where a file may not be read, and is not our fault', () => {
    chmodSync(out, 0o755);
    put('weights.safetensors');
    chmodSync(weights(), 0);
    expect(() => asNobody(() => readOut(out, 1000))).toThrow(
      'bad-output: weights.safetensors in /out is no plain file.',
    );
  });

  test('is read by the names that have a meaning, and no other', () => {
    for (const folder of ['members', 'epochs']) mkdirSync(join(out, folder));
    for (const name of [
      'weights.safetensors',
      'failure.json',
      'row-weights.npy',
      'weights',
      '.hidden',
      'members/000.safetensors',
      'members/1.safetensors',
      'members/x',
      'epochs/001.safetensors',
      'epochs/last.safetensors',
    ])
      put(name, name);
    const files = [...readOut(out, 1000)].map(([name, bytes]) => [name, Buffer.from(bytes).toString()]);
    expect(files.sort()).toEqual(
      [
        'epochs/001.safetensors',
        'failure.json',
        'members/000.safetensors',
        'row-weights.npy',
        'weights.safetensors',
      ].map((name) => [name, name]),
    );
  });

  test('members come in the order of their numbers', () => {
    mkdirSync(join(out, 'members'));
    for (const number of ['010', '002', '001']) put(`members/${number}.safetensors`);
    expect([...readOut(out, 1000).keys()]).toEqual(
      ['001', '002', '010'].map((number) => `members/${number}.safetensors`),
    );
  });

  test.each<[string, () => unknown]>([
    ['a link', () => symlinkSync('/etc/hostname', weights())],
    ['a link to nothing', () => symlinkSync('/nowhere', weights())],
    ['a second name', () => [put('other'), linkSync(join(out, 'other'), weights())]],
    ['a pipe', () => execFileSync('mkfifo', [weights()])],
    ['a folder', () => mkdirSync(weights())],
    ['members that are a file', () => put('members')],
    ['members that are a link', () => symlinkSync('/', join(out, 'members'))],
    ['epochs that are a link', () => symlinkSync('/', join(out, 'epochs'))],
    [
      'an epoch that is a link',
      () => [mkdirSync(join(out, 'epochs')), symlinkSync('/etc/hostname', join(out, 'epochs/001.safetensors'))],
    ],
    [
      'a member that is a link',
      () => [mkdirSync(join(out, 'members')), symlinkSync('/etc/hostname', join(out, 'members/000.safetensors'))],
    ],
  ])('%s in place of a file is refused', (_, make) => {
    make();
    expect(() => readOut(out, 1e9)).toThrow(/bad-output: .* is no plain file/);
  });

  test('more than the limit is refused before a byte is read', () => {
    put('weights.safetensors');
    truncateSync(weights(), 2 ** 40);
    expect(() => readOut(out, 1e9)).toThrow(/too-large/);
    truncateSync(weights(), 10);
    put('failure.json', 'x'.repeat(70_000));
    expect(() => readOut(out, 1e9)).toThrow(/too-large/);
  });

  test('together, files may not hold more than the limit either', () => {
    mkdirSync(join(out, 'members'));
    for (const number of ['000', '001', '002']) put(`members/${number}.safetensors`, 'x'.repeat(100));
    expect(readOut(out, 300).size).toBe(3);
    expect(() => readOut(out, 299)).toThrow(/too-large/);
    mkdirSync(join(out, 'epochs'));
    put('epochs/001.safetensors');
    expect(() => readOut(out, 300)).toThrow(/too-large/);
  });
});
