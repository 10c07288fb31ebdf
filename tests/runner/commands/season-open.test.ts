import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { commitmentOf, type Disclosure } from '../../../lib/contract/season.ts';
import { holdersOf, seasonOpen } from '../../../runner/commands/season-open.ts';
import { seasonTrace } from '../../../runner/commands/season-trace.ts';
import { canaryFile, canaryOf } from '../../../runner/craft/season/canary.ts';
import { UsageError } from '../../../runner/errors.ts';
import { serve } from '../../support/http-server.ts';
import { disclosureFor } from '../../support/season.ts';

vi.mock('../../../runner/datasets/index.ts', async (original) => ({
  ...(await original<object>()),
  ensureDataset: async () => {},
}));

const name = '2026-12';
const [own, other] = ['0b9e0f0e-5d0c-4c53-9d3a-3f0f3b5f0a01', '0b9e0f0e-5d0c-4c53-9d3a-3f0f3b5f0a02'];
/** One for all: a process reads its variables once. */
const data = mkdtempSync(join(tmpdir(), 'antidote-holders-'));
let disclosure: Disclosure;
let site: Awaited<ReturnType<typeof serve>>;
let refuses = false;
beforeAll(async () => {
  disclosure = await disclosureFor();
  const at = '2026-12-01T00:00:00.000Z';
  const commitment = await commitmentOf(disclosure.committed);
  const runners = [own, other].map((id, place) => ({ id, name: `runner ${place}`, addedAt: null, reason: null }));
  const times = { begunAt: at, openedAt: at, closesAt: at, closedAt: null };
  const season = { name, plan: 'smoke', state: 'open', commitment, shownAtOnce: false, engines: ['wasm'], ...times };
  site = await serve(({ url }, response) => {
    response.statusCode = refuses && url?.endsWith('season-open') ? 500 : 200;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ ...season, runners }));
  });
  vi.stubEnv('ANTIDOTE_DATA', data);
  vi.stubEnv('ANTIDOTE_URL', site.origin);
  vi.stubEnv('PORT', new URL(site.origin).port);
});
beforeEach(() => mkdirSync(data, { recursive: true }));
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(data, { recursive: true, force: true });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await site.close();
});

/** As if the runner had enrolled here. */
function enrolled(runner: string): void {
  mkdirSync(join(data, 'runner'), { recursive: true });
  const keys = { publicKey: 'x', privateKey: 'y' };
  writeFileSync(
    join(data, 'runner/identity.json'),
    JSON.stringify({ runner, class: 'official', labels: [], offered: [], ...keys }),
  );
}

describe('the runners that hold a season', () => {
  it('are this machine’s own where none is named, and it has one', async () => {
    expect(await holdersOf(undefined)).toEqual([]);
    enrolled(own);
    expect(await holdersOf(undefined)).toEqual([own]);
    expect(await holdersOf(other)).toEqual([other]);
    expect(await holdersOf('none')).toEqual([]);
  });

  it('are named by their ids', async () => {
    expect(await holdersOf(`${own},${other}`)).toEqual([own, other]);
    await expect(holdersOf('lab-a')).rejects.toThrow(UsageError);
  });
});

describe('the copy of the machine that opens a season', () => {
  let out = '';
  const folder = (...names: string[]) => join(data, 'seasons', name, ...names);
  const canary = () => folder('canary.safetensors');
  const filesIn = (at: string) =>
    readdirSync(at, { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(at, path)).isFile())
      .sort();
  const open = (runners?: string) =>
    seasonOpen({ plan: 'smoke', dataset: 'emnist-letters', name, ...(runners && { runners }) });

  beforeEach(() => {
    refuses = false;
    writeFileSync(join(data, 'chores.secret'), 'x'.repeat(40));
    mkdirSync(folder('suites/season-smoke-2026-12'), { recursive: true });
    writeFileSync(folder('suites/season-smoke-2026-12/manifest.json'), '{}');
    writeFileSync(folder('disclosure.json'), JSON.stringify(disclosure)); // it is made already
    out = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += text;
      return true;
    });
  });

  it('holds its own runner’s canary, beside the suite: what leaks from it is not nobody’s', async () => {
    enrolled(own);
    expect(await open()).toBe(0);
    expect(readFileSync(canary())).toEqual(Buffer.from(canaryFile(canaryOf(disclosure.committed, own))));
    expect(statSync(canary()).mode & 0o777).toBe(0o600);
    expect(filesIn(folder('suites'))).toEqual(['season-smoke-2026-12/manifest.json']);
    expect(await seasonTrace(name, canary())).toBe(0);
    expect(out).toContain(`is from the copy of runner 0 (${own})`);
    expect(await seasonTrace(name, folder('disclosure.json'))).toBe(1);
  });

  it('has it before the site is told, and the same one however often it is opened', async () => {
    enrolled(own);
    refuses = true;
    await expect(open()).rejects.toThrow();
    const first = readFileSync(canary());
    refuses = false;
    await open();
    expect(readFileSync(canary())).toEqual(first);
    rmSync(canary());
    await open(`${other},${own}`);
    expect(readFileSync(canary())).toEqual(first);
    expect(filesIn(folder())).toEqual(
      ['canary.safetensors', 'disclosure.json', 'secret.json', 'suites/season-smoke-2026-12/manifest.json'].sort(),
    );
  });

  it('holds none where its runner is not named, or where it has none', async () => {
    await open(own);
    enrolled(own);
    await open(other);
    expect(existsSync(canary())).toBe(false);
  });
});
