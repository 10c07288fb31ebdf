import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { commitmentOf } from '../../../lib/contract/season.ts';
import { seasonCopy } from '../../../runner/commands/season-copy.ts';
import { canaryFile, canaryOf, copiesIn } from '../../../runner/craft/season/canary.ts';
import { serve } from '../../support/http-server.ts';
import { disclosureFor } from '../../support/season.ts';

it('a row of a canary names the one copy that it is from, wherever it stands in a file, and other files name none', async () => {
  const { committed } = await disclosureFor();
  const runners = ['a', 'b', 'c'];
  const [a, b] = runners.map((runner) => canaryOf(committed, runner)) as [Uint8Array, Uint8Array];
  expect(canaryOf(committed, 'a')).toEqual(a);
  expect(copiesIn(canaryFile(b), committed, runners)).toEqual(['b']);
  const pieced = Buffer.concat([Buffer.from('x'), b.subarray(1024, 2048), a.subarray(100, 900)]); // a row, and a part of one
  expect(copiesIn(pieced, committed, runners)).toEqual(['b']);
  expect(copiesIn(Buffer.alloc(100_000), committed, runners)).toEqual([]);
  expect(copiesIn(canaryFile(b), (await disclosureFor()).committed, runners)).toEqual([]);
});

it('a copy is written only for a runner that the season was opened for: no other one’s canary would be looked for', async () => {
  const name = '2026-12';
  const [runner, other] = ['0b9e0f0e-5d0c-4c53-9d3a-3f0f3b5f0a01', '0b9e0f0e-5d0c-4c53-9d3a-3f0f3b5f0a02'];
  const data = mkdtempSync(join(tmpdir(), 'antidote-copies-'));
  const disclosure = await disclosureFor();
  mkdirSync(join(data, 'seasons', name), { recursive: true });
  writeFileSync(join(data, 'seasons', name, 'disclosure.json'), JSON.stringify(disclosure));
  const at = '2026-12-01T00:00:00.000Z';
  const summary = {
    name,
    plan: 'smoke',
    state: 'open',
    commitment: await commitmentOf(disclosure.committed),
    shownAtOnce: false,
    runners: [{ id: runner, name: 'one', addedAt: null, reason: null }],
    engines: ['wasm'],
    begunAt: at,
    openedAt: at,
    closesAt: at,
    closedAt: null,
  };
  const site = await serve((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(summary));
  });
  vi.stubEnv('ANTIDOTE_DATA', data);
  vi.stubEnv('ANTIDOTE_URL', site.origin);
  const out = join(data, 'copy');
  await expect(seasonCopy(name, { runner: other, out })).rejects.toThrow(/names other runners/);
  await expect(seasonCopy(name, { runner, out })).rejects.toThrow(/does not hold/); // its suite is not there
  vi.unstubAllEnvs();
  await site.close();
  rmSync(data, { recursive: true });
});
