import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findSeasonSuite } from '../../../lib/catalog/seasons.ts';
import { sealResult } from '../../../lib/contract/dsse.ts';
import { newKeyPair } from '../../../lib/contract/ed25519.ts';
import type { JobResult } from '../../../lib/contract/result.ts';
import { commitmentOf, type SeasonRecord } from '../../../lib/contract/season.ts';
import type { SeasonEntryJson } from '../../../lib/contract/season-entry.ts';
import { trialKey, trialsOf } from '../../../lib/contract/suite.ts';
import { seasonRow } from '../../../runner/commands/season-row.ts';
import { verify } from '../../../runner/commands/verify.ts';
import { disclosedSuite } from '../../../runner/craft/season/drawn-again.ts';
import { resultOutside } from '../../../runner/craft/season/hidden-names.ts';
import { serve } from '../../support/http-server.ts';
import { scoredTrial } from '../../support/scored-trial.ts';
import { disclosureFor } from '../../support/season.ts';

/** What `verify --season` reads of a closed season, before it trains. */

const [id, submission, runnerId] = ['0', '1', '2'].map((digit) => `0b9e0f0e-5d0c-4c53-9d3a-3f0f3b5f0a0${digit}`);
const at = '2026-12-03T10:00:00.000Z';
const zeros = `sha256:${'0'.repeat(64)}` as const;

let record: SeasonRecord;
let entry: SeasonEntryJson;
let result: JobResult;
let site: Awaited<ReturnType<typeof serve>>;
let keys: Awaited<ReturnType<typeof newKeyPair>>;
const signed = async (change: Partial<JobResult> = {}, by = keys): Promise<SeasonEntryJson['results'][number]> => ({
  runner: { id: runnerId!, name: 'one', publicKey: keys.publicKey },
  envelope: await sealResult({ ...result, ...change }, { id: runnerId!, privateKey: by.privateKey }),
});

beforeAll(async () => {
  const disclosure = await disclosureFor();
  const commitment = await commitmentOf(disclosure.committed);
  record = {
    name: '2026-12',
    plan: 'smoke',
    state: 'closed',
    commitment,
    shownAtOnce: false,
    note: null,
    runners: [],
    engines: ['wasm'],
    begunAt: at,
    openedAt: at,
    closesAt: at,
    closedAt: at,
    disclosure,
  };
  keys = await newKeyPair();
  const suite = findSeasonSuite('season-smoke-2026-12', commitment)!;
  const module = { sha256: zeros, bytes: 9, kind: 'train' as const };
  const cost = { seconds: 2, undefendedSeconds: 1, peakBytes: 1000 };
  const numbers = { cleanAccuracy: 0.85, robustAccuracy: 0.5, attackSuccess: 0.4 };
  const trials = trialsOf(suite).map((trial) => scoredTrial(suite, trial, module.kind, numbers, cost));
  const engine = { backend: 'wasm' as const, version: '4.22.0', threads: 1, cpu: 'test', gpu: null };
  result = {
    format: 'antidote-result-1',
    job: id!,
    attempt: 1,
    suite: { id: suite.id, digest: commitment },
    module,
    harness: { version: '0.1.0', digest: zeros },
    engine,
    jailed: true,
    trials,
  };
  entry = {
    id: id!,
    submission: submission!,
    name: 'Mine',
    author: 'Ada',
    kind: module.kind,
    baseline: null,
    late: false,
    enteredAt: at,
    withdrawn: null,
    review: null,
    openDisputes: 0,
    state: 'scored',
    reasons: [],
    endedAt: at,
    rank: [1, 1],
    tied: [],
    scores: null,
    publicMean: null,
    gap: null,
    flags: [],
    season: record.name,
    suite: result.suite,
    license: 'MIT',
    harness: { digest: zeros },
    engine,
    trials,
    probes: [],
    results: [await signed()],
  };
  site = await serve(({ url = '/' }, response) => {
    const {
      season,
      suite: its,
      license,
      harness: _,
      engine: __,
      trials: ___,
      probes: ____,
      results: _____,
      ...row
    } = entry;
    const answers: Record<string, unknown> = {
      '/api/v1/seasons/2026-12': record,
      '/api/v1/seasons/2026-12/standings': {
        season,
        suite: its,
        state: record.state,
        date: null,
        license,
        rows: [row],
      },
      [`/api/v1/seasons/2026-12/entries/${id}`]: entry,
      [`/api/v1/submissions/${submission}`]: { runtime: 'javascript' },
    };
    response.statusCode = url in answers ? 200 : 404;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answers[url] ?? {}));
  });
  vi.stubEnv('ANTIDOTE_URL', site.origin);
});
afterAll(() => {
  site.close();
  vi.unstubAllEnvs();
});

describe('a row of a closed season', () => {
  it.each([
    ['its submission', submission!],
    ['its entry', id!],
  ])('is found by %s, with what its runner signed and not with what the site says', async (_, words) => {
    const honest = entry;
    entry = { ...entry, trials: entry.trials.map((trial) => ({ ...trial, cleanAccuracy: 0.99 })) };
    const row = await seasonRow(words, record);
    entry = honest;
    expect(row).toMatchObject({ submission, runtime: 'javascript', module: result.module, engine: result.engine });
    expect(row.trials).toEqual(result.trials);
  });

  it.each<[string, () => Promise<SeasonEntryJson['results']>, RegExp]>([
    ['signed by somebody else', async () => [await signed({}, await newKeyPair())], /not signed by its runner/],
    [
      'of another suite',
      async () => [await signed({ suite: { id: 'season-smoke-2026-12', digest: zeros } })],
      /another suite or module/,
    ],
    [
      'of another module',
      async () => [await signed(), await signed({ module: { ...result.module, sha256: `sha256:${'1'.repeat(64)}` } })],
      /another suite or module/,
    ],
    ['not there', async () => [], /Nothing of Mine is recorded/],
  ])('is refused where a result is %s', async (_, results, reason) => {
    const honest = entry;
    entry = { ...entry, results: await results() };
    await expect(seasonRow(submission!, record)).rejects.toThrow(reason);
    entry = honest;
  });

  it('is none where the season has no such entry', () =>
    expect(verify(runnerId!, { season: '2026-12', scenario: [] })).rejects.toThrow(/no entry/));

  it('is looked for in a suite or in a season, not in both and not in none', async () => {
    for (const options of [{ suite: 'smoke-2', season: '2026-12', scenario: [] }, { scenario: [] }])
      await expect(verify(submission!, options)).rejects.toThrow(/--suite <id> or --season <name>/);
  });
});

describe('the suite of a closed season', () => {
  it('is drawn from what the close made public; its trials are those recorded, under the names that the site has', async () => {
    const suite = await disclosedSuite(record);
    const { draw, manifest } = record.disclosure!.committed;
    expect(suite).toMatchObject({ id: 'season-smoke-2026-12', draw, digest: manifest });
    const cost = { seconds: 2, undefendedSeconds: 1, peakBytes: 1000 };
    const again = trialsOf(suite).map((trial) => resultOutside(scoredTrial(suite, trial, 'train', {}, cost), draw));
    expect(again.map(trialKey)).toEqual(result.trials.map(trialKey));
  });

  it('is none before the close, or where it is not what was committed to', async () => {
    await expect(disclosedSuite({ ...record, state: 'open', disclosure: null })).rejects.toThrow(/is open/);
    await expect(disclosedSuite({ ...record, commitment: zeros })).rejects.toThrow(/not those of the commitment/);
  });
});
