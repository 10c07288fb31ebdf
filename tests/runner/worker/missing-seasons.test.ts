import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SeasonSummary } from '../../../lib/contract/season.ts';
import { missingSeasons } from '../../../runner/worker/missing-seasons.ts';
import { serve } from '../../support/http-server.ts';

const runner = randomUUID();
const season = (name: string, state: SeasonSummary['state'], runners: readonly string[]) => ({
  name,
  plan: 'smoke',
  state,
  commitment: null,
  shownAtOnce: false,
  note: null,
  runners: runners.map((id) => ({ id, name: id.slice(0, 8), addedAt: null, reason: null })),
  engines: ['wasm'],
  begunAt: '2026-12-01T00:00:00.000Z',
  openedAt: null,
  closesAt: null,
  closedAt: null,
});

let folder: string;
/** What a machine that holds a season has, as far as its names are looked at. */
const holds = (name: string) => {
  const suite = join(folder, 'seasons', name, 'suites', `season-smoke-${name}`);
  mkdirSync(suite, { recursive: true });
  writeFileSync(join(suite, 'manifest.json'), '{}');
  writeFileSync(join(folder, 'seasons', name, 'disclosure.json'), '{}');
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'antidote-missing-'));
  process.env.ANTIDOTE_DATA = folder;
});
afterEach(() => rmSync(folder, { recursive: true }));

it('a runner is told of a season that names it and is not here, and of one that is here and does not name it', async () => {
  for (const name of ['2027-02', '2027-03', '2027-04']) holds(name);
  const items = [
    season('2027-01', 'open', [runner]),
    season('2027-02', 'open', [randomUUID()]),
    season('2027-03', 'closed', [randomUUID()]),
    season('2027-05', 'open', [randomUUID()]),
    season('2027-06', 'closed', [runner]),
  ];
  const site = await serve((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ items, next: null }));
  });
  process.env.ANTIDOTE_URL = site.origin;
  const said = await missingSeasons(runner, new AbortController().signal);
  await site.close();
  expect(said).toEqual([
    expect.stringMatching(/^season 2027-01 names this runner, and .* does not hold its files/),
    expect.stringContaining(`npx antidote season add-runner 2027-02 --runner ${runner} --reason <text>`),
  ]);
});
