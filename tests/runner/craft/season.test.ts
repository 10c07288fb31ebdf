import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Gates } from '../../../lib/contract/gates.ts';
import { drawableDataset, requirePlan } from '../../../runner/commands/season-open.ts';
import { findMade, whyNot } from '../../../runner/craft/season/make-season.ts';
import { seasonSuiteNamed } from '../../../runner/craft/season/season-suite.ts';
import { findSecret, requireSecret, seasonPath, secretFor } from '../../../runner/craft/season/secret.ts';
import { verifySeason } from '../../../runner/craft/season/verify-season.ts';

const folder = mkdtempSync(join(tmpdir(), 'antidote-seasons-'));
vi.stubEnv('ANTIDOTE_DATA', folder);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('the secret of a season', () => {
  it('is drawn once, also by many at once, into a file that only its owner reads', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => secretFor('2026-01', 'smoke', 'emnist-letters')));
    expect(new Set(all.map(({ draw }) => draw.seed)).size).toBe(1);
    expect(await findSecret('2026-01')).toEqual(all[0]);
    expect(statSync(seasonPath('2026-01', 'secret.json')).mode & 0o777).toBe(0o600);
    expect(statSync(seasonPath('2026-01')).mode & 0o777).toBe(0o700);
    expect(readdirSync(seasonPath('2026-01'))).toEqual(['secret.json']);
  });

  it('is another one for each season, and salt, seed and holder are three numbers', async () => {
    const [a, b] = [await findSecret('2026-01'), await secretFor('2026-02', 'smoke', 'emnist-letters')];
    const numbers = [a!, b].flatMap(({ draw, salt, holder }) => [draw.seed, salt, holder]);
    expect(new Set(numbers).size).toBe(6);
    for (const number of numbers) expect(number).toMatch(/^[0-9a-f]{64}$/);
  });

  it('stays with the plan and the data set that it was drawn for', async () => {
    await expect(secretFor('2026-01', 'core', 'emnist-letters')).rejects.toThrow(/begun with plan smoke/);
    await expect(secretFor('2026-01', 'smoke', 'cifar-10')).rejects.toThrow(/on emnist-letters/);
  });

  it('that is missing or damaged is told in a sentence, without a word of it', async () => {
    await expect(requireSecret('2026-03')).rejects.toThrow(/This machine does not hold season 2026-03/);
    const { draw } = (await findSecret('2026-02'))!;
    writeFileSync(seasonPath('2026-02', 'secret.json'), `{"format": "x", "seed": "${draw.seed}"`);
    const error = await findSecret('2026-02').catch((thrown: Error) => thrown);
    expect(String(error)).toMatch(/is damaged/);
    expect(String(error)).not.toContain(draw.seed);
  });
});

it('a process finds the suite of a season by the season’s name, and no other words name one', async () => {
  const suite = (await seasonSuiteNamed('season:2026-01'))!;
  expect(suite).toMatchObject({
    id: 'season-smoke-2026-01',
    rules: { hygiene: 2, scoring: 2 },
    draw: { plan: 'smoke' },
  });
  expect(await seasonSuiteNamed('core-1')).toBeNull();
  expect(existsSync(seasonPath('2026-01', 'suites'))).toBe(false);
  expect(await findMade('2026-01')).toBeNull();
});

it('a season takes a plan and a data set that there are, of ten classes, and that no suite has shown', async () => {
  requirePlan('core');
  expect(() => requirePlan('cores')).toThrow(/There is no plan 'cores'; known: smoke, core/);
  expect(() => requirePlan('vision')).toThrow(/Plan vision trains resnet-9, which needs a GPU/);
  expect(await drawableDataset('emnist-letters')).toEqual({ id: 'emnist-letters' });
  await expect(drawableDataset('own-none')).rejects.toThrow(/There is no data set 'own-none'/);
  for (const [words, problem] of [
    ['letters', /There is no data set 'letters'; known: fashion-mnist.*; or a folder of your own, like \.\/letters\./],
    ['fashion-mnist-3-4', /has 2 named classes; a season takes 10 or more/],
    ['fashion-mnist', /fashion-mnist is the data of smoke-1/],
    ['cifar-10', /cifar-10 is the data of vision-1/],
    ['./letters', /Can't read letters\/card\.json: there is no such file/],
  ] as const)
    await expect(drawableDataset(words), words).rejects.toThrow(problem);
});

describe('a season is not opened', () => {
  const digest = `sha256:${'0'.repeat(64)}` as const;
  const estimate = { value: 0.2, low: 0.1, high: 0.3, n: 10 };
  const cell = (counts: boolean) => ({ scenario: 'a', budget: 0.1, effect: estimate, bites: counts, counts });
  const gates: Gates = {
    format: 'antidote-gates-1',
    suite: { id: 'season-smoke-2026-01', digest },
    // A family without a cell that counts is no reason: the plan was fixed before the data was known.
    calibration: [{ backend: 'wasm', cells: [cell(true), cell(false)], ok: false }],
    leaks: { cells: 1, permutations: 1, tests: [], broken: [], ok: true },
    determinism: { builds: [], ok: true },
    budgets: { cells: 1, broken: [], ok: true },
  };

  it('where poison can be told, it comes out differently, a budget is broken, or nothing counts on an engine', () => {
    expect(whyNot(gates)).toBeNull();
    expect(whyNot({ ...gates, leaks: { ...gates.leaks, ok: false } })).toMatch(/leak lint/);
    expect(whyNot({ ...gates, determinism: { builds: [], ok: false } })).toMatch(/another suite/);
    expect(whyNot({ ...gates, budgets: { cells: 1, broken: ['a: 2 rows'], ok: false } })).toBe('a: 2 rows');
    const blunt = { backend: 'tensorflow' as const, cells: [cell(false)], ok: false };
    expect(whyNot({ ...gates, calibration: [...gates.calibration, blunt] })).toMatch(/on tensorflow no attack counts/);
  });
});

it('a season that is not closed cannot be drawn anew', async () => {
  const open = {
    name: '2026-01',
    plan: 'smoke',
    state: 'open' as const,
    commitment: `sha256:${'0'.repeat(64)}` as const,
    shownAtOnce: false,
    note: null,
    runners: [],
    engines: [],
    begunAt: '2026-01-01T00:00:00Z',
    openedAt: '2026-01-01T00:00:00Z',
    closesAt: '2026-01-31T00:00:00Z',
    closedAt: null,
    disclosure: null,
  };
  const options = { progress: () => {}, say: () => {}, signal: new AbortController().signal };
  await expect(verifySeason(open, options)).rejects.toThrow(
    /is open; what it was drawn from is public once it is closed/,
  );
});
