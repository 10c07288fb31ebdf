import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { distPath, projectDir } from '../../runner/host/dist.ts';

const build = () => execFileSync(process.execPath, ['runner/build.mjs'], { cwd: projectDir });
const digest = () => JSON.parse(readFileSync(distPath('harness.json'), 'utf8')).digest as string;

it('building twice gives one digest and writes no file anew', () => {
  build();
  const before = digest();
  const times = () =>
    readdirSync(distPath())
      .filter((name) => name.endsWith('.mjs'))
      .map((name) => [name, statSync(distPath(name)).mtimeMs, statSync(distPath(name)).ino]);
  const written = times();
  build();
  expect(digest()).toBe(before);
  expect(times()).toEqual(written);
});

it('what is built names no folder of the machine that built it', () => {
  const files = readdirSync(distPath(), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.mjs'));
  expect(files.filter((name) => readFileSync(distPath(name), 'utf8').includes(projectDir))).toEqual([]);
});

it('the guest is one file: its jail holds no other of ours', () => {
  const guest = readFileSync(distPath('guest.mjs'), 'utf8');
  expect(guest.match(/(?:from|import\()\s*["']\.{1,2}\/[^"']+["']/g)).toBeNull();
});
