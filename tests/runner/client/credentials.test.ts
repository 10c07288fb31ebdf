import {
  lstatSync,
  mkdirSync,
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
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetToken, storeToken } from '../../../runner/client/credentials.ts';
import { login } from '../../../runner/commands/login.ts';
import { UsageError } from '../../../runner/errors.ts';
import { serve } from '../../support/http-server.ts';

const home = mkdtempSync(join(tmpdir(), 'antidote-credentials-'));
vi.stubEnv('XDG_CONFIG_HOME', home);
const folder = join(home, 'antidote');
const file = join(folder, 'credentials.json');
const other = { 'https://other.example': { token: 'kept', user: 'ada' } };

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
});
afterAll(() => rmSync(home, { recursive: true }));

/** What login says, and how often it traded its link. */
async function loggedIn() {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  let traded = 0;
  const site = await serve((_, response) => {
    traded += 1;
    response
      .writeHead(201, { 'content-type': 'application/json' })
      .end(JSON.stringify({ token: 'new', user: 'ada', scopes: [] }));
  });
  const link = `${site.origin}/sign-in?token=x`;
  const said = await login({ link }).catch((error: Error) => error);
  site.close();
  return { said, traded, origin: site.origin };
}

it('a full disk is met before the link is traded', async () => {
  symlinkSync('/dev/full', `${file}.room`);
  const { said, traded } = await loggedIn();
  expect([said, traded]).toEqual([expect.objectContaining({ code: 'ENOSPC', path: file }), 0]);
  expect(readdirSync(folder)).toEqual([]);
});

describe('tokens that can’t be read', () => {
  it.each([
    ['a folder', () => mkdirSync(file), 'it is a folder'],
    ['a link to itself', () => symlinkSync('credentials.json', file), 'it is a link that leads to itself'],
  ])('are said to be, before the one-time link is traded, and stay as they are: %s', async (_, make, cause) => {
    make();
    const { said, traded } = await loggedIn();
    expect(said).toBeInstanceOf(UsageError);
    expect(String(said)).toContain(`Can't read the tokens in ${file}: ${cause}; mend that, or name another folder`);
    expect(traded).toBe(0);
    await expect(storeToken('https://new.example', 'new', 'ada')).rejects.toThrow(cause);
    await expect(forgetToken()).rejects.toThrow(cause);
    expect(readdirSync(folder)).toEqual(['credentials.json']);
  });
});

it('a site’s token is stored beside those of other sites, for its owner alone, and through a link', async () => {
  const real = join(home, 'real.json');
  writeFileSync(real, JSON.stringify(other), { mode: 0o644 });
  symlinkSync(real, file);
  const { said, traded, origin } = await loggedIn();
  expect([said, traded]).toEqual([0, 1]);
  expect(lstatSync(file).isSymbolicLink()).toBe(true);
  expect(JSON.parse(readFileSync(real, 'utf8'))).toEqual({ ...other, [origin]: { token: 'new', user: 'ada' } });
  expect(statSync(real).mode & 0o777).toBe(0o600);
  expect(readdirSync(home).sort()).toEqual(['antidote', 'real.json']);
});

it.each(['“abc”', 'abc\ndef', 'abc def', 'abc\u00a0'])(
  'a token in the environment that no request can carry is refused, and not shown: %j',
  async (token) => {
    vi.resetModules(); // the environment is read once
    vi.stubEnv('ANTIDOTE_TOKEN', token);
    const { findToken } = await import('../../../runner/client/credentials.ts');
    const said = await findToken().catch((error: Error) => error);
    vi.stubEnv('ANTIDOTE_TOKEN', undefined);
    expect(said).toMatchObject({ name: 'UsageError', message: expect.stringContaining('ANTIDOTE_TOKEN holds') });
    expect((said as Error).message).not.toContain(token);
  },
);
