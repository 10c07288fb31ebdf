import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { env } from '../../../runner/host/env.ts';
import { makeSet } from '../../../runner/host/python/make-set.ts';
import { until } from '../../support/local-site.ts';

const before = { data: env().ANTIDOTE_DATA, path: process.env.PATH };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'antidote-set-'));
  env().ANTIDOTE_DATA = join(folder, 'data');
  process.env.PATH = `${folder}${delimiter}${before.path}`;
});
afterEach(() => {
  env().ANTIDOTE_DATA = before.data;
  process.env.PATH = before.path;
  rmSync(folder, { recursive: true, force: true });
});

/** A program on the search path: a shell script. */
const program = (name: string, script: string) => {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
};

it('a set that waits for a program that hangs ends at once when it is stopped, and the program with it', async () => {
  const calls = join(folder, 'calls');
  program('python3', `echo "$@" >> ${calls}; printf '%s\\n3.12.0\\n' "$0"`);
  program('uv', `echo $$ > ${folder}/pid; exec sleep 300`);
  const stop = new AbortController();
  const making = makeSet('numpy', () => {}, stop.signal);
  const pidOf = () => (existsSync(join(folder, 'pid')) ? readFileSync(join(folder, 'pid'), 'utf8').trim() : '');
  await until('the program', 60_000, async () => pidOf() !== ''); // the file is there before the number is
  const pid = pidOf();
  stop.abort(new Error('stopped'));
  await expect(making).rejects.toThrow('stopped');
  await until('its end', 60_000, async () => !existsSync(`/proc/${pid}`));
  expect(readFileSync(calls, 'utf8').trim().split('\n')).toHaveLength(1); // which Python it is, and nothing after uv
  expect(existsSync(join(env().ANTIDOTE_DATA, 'python/numpy'))).toBe(false);
  expect(existsSync(join(env().ANTIDOTE_DATA, 'python/numpy.lock'))).toBe(false);
});
