import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { commitmentOf, SeasonRunner } from '../../../lib/contract/season.ts';
import { seasonAddRunner } from '../../../runner/commands/season-add-runner.ts';
import { seasonStatus } from '../../../runner/commands/season-status.ts';
import { seasonTrace } from '../../../runner/commands/season-trace.ts';
import { canaryFile, canaryOf } from '../../../runner/craft/season/canary.ts';
import { secretFor } from '../../../runner/craft/season/secret.ts';
import { serve } from '../../support/http-server.ts';
import { disclosureFor } from '../../support/season.ts';

const name = '2026-12';
const [first, added] = ['0b9e0f0e-5d0c-4c53-9d3a-3f0f3b5f0a01', '0b9e0f0e-5d0c-4c53-9d3a-3f0f3b5f0a02'];
const reason = 'The first one died.';
let data = '';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(data, { recursive: true, force: true });
});

it('a runner is added where the season’s files are; its status says so, and a canary is looked for that is its own', async () => {
  data = mkdtempSync(join(tmpdir(), 'antidote-added-'));
  vi.stubEnv('ANTIDOTE_DATA', data);
  const disclosure = await disclosureFor();
  const at = '2026-12-03T10:00:00.000Z';
  const season = {
    name,
    plan: 'smoke',
    state: 'open',
    commitment: await commitmentOf(disclosure.committed),
    shownAtOnce: false,
    runners: [
      { id: first, name: 'one', addedAt: null, reason: null },
      { id: added, name: 'two', addedAt: at, reason },
    ],
    engines: ['wasm'],
    begunAt: at,
    openedAt: at,
    closesAt: at,
    closedAt: null,
  };
  const asked: [string, string][] = [];
  const site = await serve(async ({ method, url = '/' }, response, body) => {
    if (method === 'POST') asked.push([url, body.toString()]);
    response.setHeader('content-type', 'application/json').end(JSON.stringify(season));
  });
  vi.stubEnv('ANTIDOTE_URL', site.origin);
  vi.stubEnv('PORT', new URL(site.origin).port);
  writeFileSync(join(data, 'chores.secret'), 'x'.repeat(40));
  let out = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text;
    return true;
  });
  const add = () => seasonAddRunner(name, { runner: added, reason });

  await expect(add()).rejects.toThrow(/This machine does not hold season 2026-12/);
  const { holder } = await secretFor(name, 'smoke', 'emnist-letters');
  await expect(add()).rejects.toThrow(/is not open yet/);
  expect(asked).toEqual([]);
  mkdirSync(join(data, 'seasons', name), { recursive: true });
  writeFileSync(join(data, 'seasons', name, 'disclosure.json'), JSON.stringify(disclosure));
  await expect(seasonAddRunner(name, { runner: 'two', reason })).rejects.toThrow(/'two' is no id/);
  expect(await add()).toBe(0);
  expect(asked.map(([url]) => url)).toEqual(['/api/chores/season-runner']);
  expect(SeasonRunner.parse(JSON.parse(asked[0]![1]))).toEqual({ name, holder, runner: added, reason });
  expect(out).toContain(`antidote season copy ${name} --runner ${added}`);

  out = '';
  expect(await seasonStatus(name, {})).toBe(0);
  expect(out.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^2026-12 {2}open .* 2 runners hold its files$/),
    `  ${at}  two (${added}) was added: ${reason}`,
  ]);
  const found = join(data, 'found.bin');
  writeFileSync(found, canaryFile(canaryOf(disclosure.committed, added)));
  expect(await seasonTrace(name, found)).toBe(0);
  expect(out).toContain('is from the copy of two');

  const canary = join(data, 'seasons', name, 'canary.safetensors');
  expect(existsSync(canary)).toBe(false); // it runs on another machine, whose copy has it
  mkdirSync(join(data, 'runner'));
  const keys = { publicKey: 'x', privateKey: 'y' };
  const identity = { runner: added, class: 'official', labels: [], offered: [], ...keys };
  writeFileSync(join(data, 'runner/identity.json'), JSON.stringify(identity));
  expect(await add()).toBe(0);
  expect(readFileSync(canary)).toEqual(readFileSync(found));
  await site.close();
});
