import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { UsageError } from '../../../runner/errors.ts';
import { env } from '../../../runner/host/env.ts';
import { holdData, tellAddress } from '../../../runner/start/hold-data.ts';

const before = env().ANTIDOTE_DATA;
let file: string;
beforeEach(() => {
  env().ANTIDOTE_DATA = mkdtempSync(join(tmpdir(), 'antidote-hold-'));
  file = join(env().ANTIDOTE_DATA, 'start.pid');
});
afterEach(() => {
  rmSync(env().ANTIDOTE_DATA, { recursive: true });
  env().ANTIDOTE_DATA = before;
});

/** As if this process ended. */
function giveBack(): void {
  const listener = process.listeners('exit').at(-1)!;
  process.off('exit', listener);
  listener(0);
}
const mine = `${process.pid}\n`;

it('a data folder is held until the process ends', async () => {
  await holdData();
  expect(readFileSync(file, 'utf8')).toBe(mine);
  giveBack();
  expect(existsSync(file)).toBe(false);
});

it('a folder that a living start holds stays its own, and one whose holder is dead is taken over', async () => {
  const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 300_000)', 'antidote']);
  writeFileSync(file, `${other.pid}\n`);
  await expect(holdData()).rejects.toThrow(UsageError);
  expect(readFileSync(file, 'utf8')).toBe(`${other.pid}\n`);
  const ended = new Promise((done) => other.once('exit', done));
  other.kill('SIGKILL');
  await ended;
  await holdData();
  expect(readFileSync(file, 'utf8')).toBe(mine);
  giveBack();
});

it('a process that has the number of a dead holder, and began at another time, holds nothing, whatever its name', async () => {
  const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 300_000)', 'antidote']);
  writeFileSync(file, `${other.pid}\n`);
  writeFileSync(join(env().ANTIDOTE_DATA, 'start.begun'), `${other.pid} 1\n`);
  await holdData();
  expect(readFileSync(file, 'utf8')).toBe(mine);
  giveBack();
  expect(existsSync(join(env().ANTIDOTE_DATA, 'start.begun'))).toBe(false);
  other.kill('SIGKILL');
});

it('what another start holds by now is not given back in its stead', async () => {
  await holdData();
  writeFileSync(file, '1\n');
  giveBack();
  expect(readFileSync(file, 'utf8')).toBe('1\n');
});

it('of two that meet a dead holder, one that lost the file sees it', async () => {
  writeFileSync(file, '');
  const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 300_000)', 'antidote']);
  const holding = holdData();
  writeFileSync(file, `${other.pid}\n`); // what the other made, after it removed ours
  await expect(holding).rejects.toThrow(/in use by another npm start/);
  other.kill('SIGKILL');
});

it('the address of the site is gone with its holder, and with the next holder at the latest', async () => {
  const address = join(env().ANTIDOTE_DATA, 'site.address');
  writeFileSync(address, 'http://localhost:1\n'); // of one that was killed
  await holdData();
  expect(existsSync(address)).toBe(false);
  await tellAddress('http://localhost:2');
  expect(readFileSync(address, 'utf8')).toBe('http://localhost:2\n');
  giveBack();
  expect(existsSync(address)).toBe(false);
});
