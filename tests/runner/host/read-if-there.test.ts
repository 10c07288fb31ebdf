import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { readSecret, secretIn as siteSecretIn } from '../../../lib/secret-file.ts';
import { readIfThere } from '../../../runner/host/read-if-there.ts';
import { secretIn } from '../../../runner/start/secrets.ts';
import { fileProblem } from '../../../runner/terminal/file-problem.ts';
import { findIdentity } from '../../../runner/worker/identity.ts';

const data = mkdtempSync(join(tmpdir(), 'antidote-kept-'));
vi.stubEnv('ANTIDOTE_DATA', data);
afterEach(() => rmSync(data, { recursive: true, force: true }));

it('what the product keeps is made anew where it is not there, and never where it can’t be read', async () => {
  const secret = join(data, 'secret');
  expect(await readIfThere(secret)).toBe(null);
  expect(readSecret(secret)).toBe(null);
  expect(await findIdentity()).toBe(null);
  const identity = join(data, 'runner', 'identity.json');
  mkdirSync(secret, { recursive: true });
  mkdirSync(identity, { recursive: true });
  for (const read of [() => secretIn(secret), () => readIfThere(secret), findIdentity]) {
    const error = await read().then(
      () => null,
      (lost: Error) => lost,
    );
    expect(fileProblem(error!)).toMatch(/^Can't use \S+\/(secret|identity\.json): it is a folder \(EISDIR\); /);
  }
  expect(() => readSecret(secret)).toThrow(/EISDIR/);
  expect(() => siteSecretIn(secret)).toThrow(/EISDIR/);
  expect(readdirSync(data).sort()).toEqual(['runner', 'secret']);
});
