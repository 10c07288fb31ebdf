import { readdirSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import type { ReactNode } from 'react';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { seasonStandings } from '../../lib/api/season-standings.ts';
import { completeJob } from '../../lib/complete-job.ts';
import { openResult } from '../../lib/contract/dsse.ts';
import { JobResult, type TrialResult } from '../../lib/contract/result.ts';
import { SeasonEntryJson } from '../../lib/contract/season-entry.ts';
import type { SeasonStandings } from '../../lib/contract/season-standings.ts';
import { trialKey } from '../../lib/contract/suite.ts';
import { appendLog } from '../../lib/db/attempts.ts';
import { audit } from '../../lib/db/audit.ts';
import { logsOf } from '../../lib/db/code-and-logs.ts';
import { leaseJob } from '../../lib/db/lease.ts';
import { enterSeason, withdrawEntry } from '../../lib/db/season-entries.ts';
import { reviewEntry } from '../../lib/db/season-reviews.ts';
import { beginClose, closeSeason } from '../../lib/db/seasons.ts';
import type { SignedIn, Viewer } from '../../lib/viewer.ts';
import { pageHtml } from '../support/page-html.ts';
import { onPglite } from '../support/pglite.ts';
import * as queue from '../support/queue.ts';
import { openedSeason, person, submissionOf } from '../support/season.ts';
import { execute } from '../support/sql.ts';

/** A season from its opening to its ranked page, with made-up numbers that are searched for before the close. */

const cookie = vi.hoisted(() => ({ viewer: null as Viewer }));
vi.mock('../../lib/auth.ts', async (original) => ({
  ...(await original<typeof import('../../lib/auth.ts')>()),
  currentViewer: async () => cookie.viewer,
}));
vi.mock('next/navigation', async (original) => ({
  ...(await original<typeof import('next/navigation')>()),
  useRouter: () => ({ refresh: () => {} }),
}));
vi.mock('next/headers', () => ({
  headers: async () => new Headers(),
  cookies: async () => ({ getAll: () => [], get: () => undefined }),
}));

onPglite();

/**
 * What is told changes at the full hour, and none passes here: the clock begins five minutes after one, also PGlite's.
 */
vi.useFakeTimers({
  toFake: ['Date'],
  shouldAdvanceTime: true,
  now: Math.floor(Date.now() / 3_600_000) * 3_600_000 + 300_000,
});

const name = '2027-01';
/** No other number begins with it. */
const accuracy = 0.7137913;
const secrets = ['0.71379', '71.4', 'the module saw an L', 'the log saw an L'];
let author: SignedIn;
let other: SignedIn;
let organizer: SignedIn;
let opened: Awaited<ReturnType<typeof openedSeason>>;
const entries: Record<'good' | 'broken' | 'withdrawn' | 'baseline' | 'late', string> = {
  good: '',
  broken: '',
  withdrawn: '',
  baseline: '',
  late: '',
};
const submissions: Record<string, string> = {};

/** Does all work that waits; what the module of a failing entry says is in its results and its log. */
async function runAll(runner: queue.TestRunner, season = name): Promise<void> {
  for (;;) {
    const token = queue.newToken();
    const leased = await leaseJob({ id: runner.id, labels: [...runner.leaseLabels, `season:${season}`] }, token);
    if (!leased) return;
    const fence = queue.fenceOf(runner, leased, token);
    await appendLog(fence, 0, Buffer.from('the log saw an L'));
    const result = queue.resultFor(leased, { cleanAccuracy: accuracy });
    const [first, ...rest] = result.trials;
    const failing = queue.resultFor(leased, { outcome: 'threw' }).trials[0]!;
    const trials =
      leased.moduleSha256 === brokenModule
        ? [{ ...failing, detail: 'the module saw an L' }, ...rest]
        : [first!, ...rest];
    await completeJob(runner, fence, await queue.sealedBy(runner, { ...result, trials }));
  }
}
let brokenModule = '';

beforeAll(async () => {
  author = await person('Ada');
  other = await person('Ben');
  organizer = await person('Olga', 'organizer');
  const house = await person('Antidote');
  const runner = await queue.makeRunner();
  opened = await openedSeason(name, { runners: [runner.id], note: 'A season of made-up numbers.' });
  const enter = async (who: keyof typeof entries, by: SignedIn, submission: string) => {
    submissions[who] = submission;
    entries[who] = (await enterSeason(by, submission, name)).id;
  };
  await enter('good', author, await submissionOf(author));
  await enter('broken', author, await submissionOf(author));
  await enter('withdrawn', other, await submissionOf(other));
  await enter('baseline', organizer, await submissionOf(house, { baseline: 'none' }));
  brokenModule = await queue.moduleOf(submissions.broken!);
  await withdrawEntry(other, entries.withdrawn, 'It was a copy.');
  await runAll(runner);
  await beginClose(name, opened.holder);
  await enter('late', other, await submissionOf(other));
  await runAll(runner);
});

type Page = { default: (props: unknown) => Promise<ReactNode> };

/** Every address without a parameter of its own, and those of this season, its entries and their submissions. */
async function everything(): Promise<[where: string, text: string][]> {
  const found: [string, string][] = [];
  const keep = async (where: string, text: Promise<string>) => {
    await execute(sql`update runners set last_seen_at = now()`); // on a slow machine a minute passes on the way
    found.push([where, await text]);
  };
  await execute(sql`update runners set last_seen_at = now()`);
  const files = readdirSync('app', { recursive: true }).map(String);
  const paramsFor = (file: string): Record<string, string | string[]>[] => {
    const paths = ['manifest.json', `../../seasons/${name}/disclosure.json`].map((path) => path.split('/'));
    if (file.includes('[...')) return paths.map((path) => ({ suite: `season-smoke-${name}`, path }));
    if (file.includes('[entry]')) return Object.values(entries).map((entry) => ({ season: name, entry }));
    if (file.includes('[season]')) return [{ season: name }];
    if (file.includes('[submission]')) return Object.values(submissions).map((submission) => ({ submission }));
    if (file.includes('[suite]')) return [{ suite: 'smoke-2' }, { suite: `season-smoke-${name}` }];
    return file.includes('[') ? [] : [{}];
  };
  for (const file of files.filter((one) => one.endsWith('page.tsx') && !/sign-in|account|device|new/.test(one)))
    for (const params of paramsFor(file)) {
      const { default: page } = (await import(/* @vite-ignore */ `../../app/${file}`)) as Page;
      const props = { params: Promise.resolve(params), searchParams: Promise.resolve({}) };
      const shown = Promise.resolve()
        .then(() => page(props))
        .then(pageHtml, (error: Error) => `refused: ${error.message}`);
      await keep(`${file} ${JSON.stringify(params)}`, shown);
    }
  for (const file of files.filter((one) => one.endsWith('route.ts') && /^(api\/v1|feed\.xml)\//.test(one)))
    for (const params of paramsFor(file)) {
      const handlers = await import(/* @vite-ignore */ `../../app/${file}`);
      if (!handlers.GET) continue;
      for (const query of ['', `?suite=season-smoke-${name}`]) {
        const request = new Request(`http://localhost:3000/${file}${query}`, { headers: { host: 'localhost:3000' } });
        const answer: Response = await handlers.GET(request, { params: Promise.resolve(params) });
        const said = `${answer.status} ${JSON.stringify([...answer.headers])}`;
        await keep(
          `${file} ${JSON.stringify(params)} ${query}`,
          answer.text().then((text) => `${said} ${text}`),
        );
      }
    }
  const { default: picture } = await import('../../app/submissions/[submission]/opengraph-image.tsx');
  const { default: pictureOfSeason } = await import('../../app/seasons/[season]/opengraph-image.tsx');
  const pictures = Object.values(submissions).map(
    async (submission) => [submission, await picture({ params: Promise.resolve({ submission }) })] as const,
  );
  const ofSeason = pictureOfSeason({ params: Promise.resolve({ season: name }) });
  for (const [of, image] of [...(await Promise.all(pictures)), ['the season', await ofSeason] as const])
    await keep(
      `picture of ${of}`,
      image.arrayBuffer().then((bytes) => Buffer.from(bytes).toString('latin1')),
    );
  return found;
}

/** The same, however long ago it was. */
const shown = async () =>
  (await everything()).map(([where, text]) => [where, text.replace(/\d+ (s|minutes?) ago/g, 'just now')]);

const standings = async (): Promise<SeasonStandings> => {
  const { GET } = await import('../../app/api/v1/seasons/[season]/standings/route.ts');
  const request = new Request('http://localhost:3000/x', { headers: { host: 'localhost:3000' } });
  return (await GET(request, { params: Promise.resolve({ season: name }) })).json();
};
/** Of an entry that was withdrawn. */
const noNumbers = {
  rank: null,
  tied: [],
  scores: null,
  publicMean: null,
  gap: null,
  flags: [],
  engine: null,
  trials: [],
  probes: [],
  results: [],
};
const rowOf = async (who: keyof typeof entries) => (await standings()).rows.find(({ id }) => id === entries[who])!;

const numbersOf = async (entry: string, season = name, headers: Record<string, string> = {}): Promise<Response> => {
  const { GET } = await import('../../app/api/v1/seasons/[season]/entries/[entry]/route.ts');
  const request = new Request('http://localhost:3000/x', { headers: { host: 'localhost:3000', ...headers } });
  return GET(request, { params: Promise.resolve({ season, entry }) });
};

describe('before the close', () => {
  it.each(['nobody', 'its author', 'another author', 'an organizer'])(
    'no page and no answer holds a number, a word or a log of a trial, for %s',
    { timeout: 600_000 },
    async (who) => {
      cookie.viewer = { nobody: null, 'its author': author, 'another author': other, 'an organizer': organizer }[who]!;
      const told = await everything();
      expect(told.length).toBeGreaterThan(40);
      expect(
        told.filter(([, text]) => secrets.some((secret) => text.includes(secret))).map(([where]) => where),
      ).toEqual([]);
    },
  );

  it('an author is told how far the own entries have come, a fixed reason and the hour; others are not', async () => {
    cookie.viewer = author;
    expect(await rowOf('broken')).toMatchObject({ state: 'running', reasons: [], endedAt: null }); // the hour is not over
    await execute(sql`update jobs set finished_at = finished_at - interval '1 hour'`);
    expect(await rowOf('broken')).toMatchObject({
      state: 'scored',
      reasons: ['threw'],
      endedAt: expect.stringMatching(/:00:00\.000Z$/),
      scores: null,
      rank: null,
    });
    cookie.viewer = other;
    expect(await rowOf('broken')).toMatchObject({ state: null, reasons: [], endedAt: null, scores: null });
    expect(await logsOf(submissions.broken!, author)).toEqual([]);
  });

  it('how long a job trains is nobody’s to see: no page and no answer changes when it is leased, goes on and ends', {
    timeout: 600_000,
  }, async () => {
    cookie.viewer = null;
    const runner = await queue.makeRunner();
    const { name: season } = await openedSeason('2027-04', { runners: [runner.id] });
    await enterSeason(author, await submissionOf(author), season);
    const waiting = await queue.makeJobs(other.id, [[queue.trial]]);
    submissions.waiting = waiting.submissionId;
    const done = await queue.makeJobs(other.id, [[queue.trialOfSeed(1)]]);
    const beside = await queue.makeRunner();
    const publicLease = async () => (await leaseJob({ id: beside.id, labels: beside.leaseLabels }, queue.newToken()))!;
    while ((await publicLease()).job !== done.jobs[0]);
    await execute(sql`update jobs set state = case when id = ${done.jobs[0]!}::uuid then 'succeeded' else 'queued' end::job_state,
      runner_id = null, token_hash = null, lease_expires_at = null, deadline_at = null where runner_id = ${beside.id}::uuid`);
    await execute(sql`update attempts set outcome = 'succeeded', ended_at = started_at + interval '5 minutes'
      where job_id = ${done.jobs[0]!}::uuid`);
    await execute(sql`update jobs set vtime = -1 where suite = ${`season-smoke-${season}`}`); // its turn comes first
    const asItWas = await shown();
    expect(asItWas.filter(([, text]) => /"minutesLeft":\d/.test(text!))).not.toEqual([]);
    const token = queue.newToken();
    const leased = (await leaseJob({ id: runner.id, labels: [...runner.leaseLabels, `season:${season}`] }, token))!;
    expect(leased.suite).toBe(`season-smoke-${season}`);
    const noQueue = (told: string[][]) => told.filter(([where]) => !where!.includes(submissions.waiting!)); // who waits sees whose turn it is
    const atLease = await shown();
    expect(noQueue(atLease), 'leased').toEqual(noQueue(asItWas));
    await execute(sql`update jobs set progress = 0.71, phase = 'training' where id = ${leased.job}::uuid`);
    expect(await shown(), 'gone on').toEqual(atLease);
    const sealed = await queue.sealedBy(runner, queue.resultFor(leased));
    expect(await completeJob(runner, queue.fenceOf(runner, leased, token), sealed)).toBe('accepted');
    expect(noQueue(await shown()), 'ended').toEqual(noQueue(asItWas));
    await queue.clearQueue();
    delete submissions.waiting;
  });

  it('that two runs of an entry differ, and when, is told to organizers alone; its author hears of it an hour later', {
    timeout: 600_000,
  }, async () => {
    cookie.viewer = null;
    const [first, second] = [await queue.makeRunner(), await queue.makeRunner()];
    const { name: season } = await openedSeason('2027-05', { runners: [first.id, second.id] });
    const { id } = await enterSeason(author, await submissionOf(author), season);
    const digits = sql`substr(md5(random()::text), 1, 24)`; // a key that begins below a twentieth is of a job that runs twice
    await execute(sql`update jobs set key = 'sha256:0ccccccb' || ${digits} where suite = ${`season-smoke-${season}`}`);
    await runAll(first, season);
    const stateFor = async (viewer: Viewer) =>
      (await seasonStandings(season, viewer)).rows.find((row) => row.id === id)!.state;
    await execute(sql`update jobs set finished_at = finished_at - interval '1 hour'`);
    expect(await stateFor(author)).toBe('scored');
    const asItWas = await shown();
    const token = queue.newToken();
    const again = (await leaseJob({ id: second.id, labels: [...second.leaseLabels, `season:${season}`] }, token))!;
    const sealed = await queue.sealedBy(second, queue.resultFor(again, { cleanAccuracy: 0.5 }));
    await completeJob(second, queue.fenceOf(second, again, token), sealed);
    const disputed = expect.stringMatching(/two runners disagree.*numbers are withheld/);
    expect((await audit()).problems).toContainEqual(disputed);
    const [record] = await execute<{ data: { problems: string[] } }>(
      sql`select data from events where kind = 'audit.ended' order by seq desc limit 1`,
    );
    expect(record!.data.problems).not.toContainEqual(disputed);
    expect(await shown()).toEqual(asItWas);
    expect(await stateFor(author)).toBe('running');
    await execute(sql`update jobs set finished_at = finished_at - interval '1 hour'`);
    expect(await stateFor(author)).toBe('stalled');
    const integrity = async (viewer: Viewer) => {
      cookie.viewer = viewer;
      const { default: page } = await import('../../app/integrity/page.tsx');
      return pageHtml(await page());
    };
    for (const viewer of [null, author, other]) expect(await integrity(viewer)).not.toContain(`season ${season}`);
    expect(await integrity(organizer)).toContain(`an entry of season ${season}`);
    await queue.clearQueue();
  });

  it('what reviewers found is told to organizers alone', async () => {
    await reviewEntry(organizer, entries.broken, 'refused', 'It holds weights.');
    cookie.viewer = organizer;
    expect(await rowOf('broken')).toMatchObject({ review: 'refused' });
    for (const viewer of [null, author, other]) {
      cookie.viewer = viewer;
      expect(await rowOf('broken')).toMatchObject({ review: null });
    }
    await execute(sql`delete from season_reviews where entry_id = ${entries.broken}::uuid`);
  });
});

it.each(['nobody', 'its author', 'an organizer'])(
  'before the close an entry’s numbers are refused with the words that answer for one that there is not, for %s',
  async (who) => {
    cookie.viewer = { nobody: null, 'its author': author, 'an organizer': organizer }[who]!;
    const none = await numbersOf('00000000-0000-4000-8000-000000000000');
    expect(none.status).toBe(404);
    const words = await none.text();
    for (const entry of Object.values(entries)) {
      const answer = await numbersOf(entry, name, { 'if-none-match': '*' });
      expect([answer.status, answer.headers.get('etag'), await answer.text()]).toEqual([404, null, words]);
    }
  },
);

describe('at the close', () => {
  beforeAll(async () => {
    await reviewEntry(organizer, entries.good, 'cleared', 'Read.');
    await closeSeason({ ...opened, now: false });
    cookie.viewer = null;
  });

  it('those that came in time and stand have places and scores, a late one scores alone, a withdrawn one a tombstone', async () => {
    expect(await rowOf('good')).toMatchObject({ rank: [1, 3], review: 'cleared', state: 'scored' });
    expect((await rowOf('good')).scores?.mean?.value).toBeTypeOf('number');
    expect((await rowOf('good')).endedAt, 'to the millisecond').not.toMatch(/:00:00\.000Z$/);
    expect(await rowOf('broken')).toMatchObject({ rank: [1, 3], review: null });
    expect((await rowOf('broken')).tied.sort()).toEqual([entries.good, entries.baseline].sort());
    expect(await rowOf('late')).toMatchObject({ rank: null, late: true, scores: { mean: expect.anything() } });
    expect(await rowOf('withdrawn')).toMatchObject({
      rank: null,
      scores: null,
      withdrawn: { reason: 'It was a copy.' },
    });
  });

  it('trials are on the entry’s page, and its author reads the log', async () => {
    const told = new Map(await everything());
    const page = told.get(
      `seasons/[season]/entries/[entry]/page.tsx ${JSON.stringify({ season: name, entry: entries.broken })}`,
    )!;
    expect(page).toContain('the module saw an L');
    expect(page).toContain('71.4');
    expect(page).toContain('not counted');
    expect((await logsOf(submissions.broken!, author)).map(({ text }) => text)).toContain('the log saw an L');
    expect(await logsOf(submissions.broken!, other)).toEqual([]);
  });

  it('an entry’s JSON has its scores, every trial, the probes, and the results that they were read from, signed', async () => {
    const answer = await numbersOf(entries.broken);
    const told = SeasonEntryJson.parse(await answer.json());
    const { scores, rank } = await rowOf('broken');
    expect(told).toMatchObject({ season: name, suite: { id: `season-smoke-${name}` }, scores, rank });
    expect(told.probes.map(({ probe }) => probe)).toContain('shuffled-labels');
    const signed = await Promise.all(
      told.results.map(async ({ envelope, runner }) => JobResult.parse((await openResult(envelope, runner))!.value)),
    );
    expect(signed.map(({ module }) => module.sha256)).toEqual([brokenModule, brokenModule]);
    const byKey = (trials: readonly TrialResult[]) => new Map(trials.map((trial) => [trialKey(trial), trial]));
    expect(byKey(told.trials)).toEqual(byKey(signed.flatMap(({ trials }) => trials)));
    expect(told.trials).toHaveLength(signed.flatMap(({ trials }) => trials).length);
    expect(new Set(told.trials.map(({ dataset }) => dataset))).toEqual(new Set(['hidden']));
    expect((await numbersOf(entries.broken, name, { 'if-none-match': answer.headers.get('etag')! })).status).toBe(304);
  });

  it('it is the same for everybody, names an author as the page does, and is of no other season', async () => {
    const seen = [];
    for (const viewer of [null, author, organizer]) {
      cookie.viewer = viewer;
      seen.push(await (await numbersOf(entries.good)).text());
    }
    cookie.viewer = null;
    expect(new Set(seen).size).toBe(1);
    const [was] = await execute<{ until: string | null }>(
      sql`select anonymous_until::text as until from submissions where id = ${submissions.good!}::uuid`,
    );
    const until = (day: string | null) =>
      execute(sql`update submissions set anonymous_until = ${day} where id = ${submissions.good!}::uuid`);
    await until('2999-01-01');
    const hidden = await (await numbersOf(entries.good)).text();
    await until(was!.until);
    expect(SeasonEntryJson.parse(JSON.parse(hidden)).author).toMatch(/^anonymous until/);
    for (const word of ['Ada', author.id]) expect(hidden).not.toContain(word);
    expect((await numbersOf(entries.good, '2027-04')).status).toBe(404);
    const another = await openedSeason('2027-06');
    await beginClose(another.name, another.holder);
    await closeSeason({ ...another, now: false });
    expect((await numbersOf(entries.good, another.name)).status).toBe(404);
  });

  it('one that was withdrawn shows no number, neither on its page nor as JSON', async () => {
    const left = SeasonEntryJson.parse(await (await numbersOf(entries.withdrawn)).json());
    expect(left).toMatchObject({ withdrawn: { reason: 'It was a copy.' }, ...noNumbers });
  });

  it('an organizer’s refusal takes the place, and nothing else', async () => {
    await reviewEntry(organizer, entries.broken, 'refused', 'It holds weights.');
    expect(await rowOf('broken')).toMatchObject({ rank: null, review: 'refused', scores: { mean: expect.anything() } });
    expect(await rowOf('good')).toMatchObject({ rank: [1, 2] });
  });

  it('the page draws the places, and says who is under review, late and withdrawn', async () => {
    const { default: page } = await import('../../app/seasons/[season]/page.tsx');
    const shown = await pageHtml(await page({ params: Promise.resolve({ season: name }) }));
    for (const word of ['1–2', 'late', 'withdrawn', 'refused', 'Gain', 'Gap', 'can’t be told apart from'])
      expect(shown).toContain(word);
  });

  it('the front page opens on it, and says what its organizer said of it', async () => {
    const { default: front } = await import('../../app/page.tsx');
    const shown = await pageHtml(await front());
    for (const word of [`Season ${name}, ranked`, 'A season of made-up numbers.', '1–2', 'refused'])
      expect(shown).toContain(word);
  });

  it('who leaves after the close moves nobody else’s rank', async () => {
    const before = await rowOf('baseline');
    expect(before.rank).toEqual([1, 2]);
    await withdrawEntry(author, entries.good, 'I leave.');
    expect(await rowOf('good')).toMatchObject({ rank: null, scores: null, withdrawn: { reason: 'I leave.' } });
    expect(await (await numbersOf(entries.good)).json()).toMatchObject(noNumbers);
    const { default: page } = await import('../../app/seasons/[season]/entries/[entry]/page.tsx');
    const shown = await pageHtml(await page({ params: Promise.resolve({ season: name, entry: entries.good }) }));
    expect(shown).toContain('I leave.');
    for (const number of ['71.4', 'Honesty probes', 'id="trials"']) expect(shown).not.toContain(number);
    expect(await rowOf('baseline')).toMatchObject({ rank: [1, 2], tied: before.tied });
    const { default: board } = await import('../../app/seasons/[season]/page.tsx');
    const places = await pageHtml(await board({ params: Promise.resolve({ season: name }) }));
    expect(places.replaceAll('<!-- -->', '')).toContain('surely better to 2 − how many'); // as many as were compared
  });

  it('who left before the close is not compared by leaving once more', async () => {
    const before = await rowOf('baseline');
    await execute(sql`update submissions set withdrawn_at = (select closed_at - interval '1 hour' from seasons where name = ${name}),
      withdrawn_reason = 'Early.' where id = ${submissions.good!}::uuid`);
    expect((await rowOf('baseline')).rank).toEqual([1, 1]);
    expect(await rowOf('good')).toMatchObject({ withdrawn: { reason: 'Early.' } });
    expect(before.rank).toEqual([1, 2]);
  });
});

describe('where numbers are shown at once', () => {
  it('an author sees the scores of the own entry before the close, once the hour of its end is over, others and trials stay withheld, and the close shows the same', async () => {
    const runner = await queue.makeRunner();
    const early = await openedSeason('2027-02', { runners: [runner.id], shownAtOnce: true });
    const { id } = await enterSeason(author, await submissionOf(author), early.name);
    await runAll(runner, early.name);
    const rowFor = async (viewer: Viewer) =>
      (await seasonStandings(early.name, viewer)).rows.find((row) => row.id === id)!;
    expect(await rowFor(author), 'in the hour of its end').toMatchObject({ state: 'running', scores: null });
    await execute(sql`update jobs set finished_at = finished_at - interval '1 hour'`);
    expect(await rowFor(author)).toMatchObject({ scores: { mean: expect.anything() }, rank: null });
    expect(await rowFor(other)).toMatchObject({ scores: null, state: null });
    cookie.viewer = author;
    const { default: page } = await import('../../app/seasons/[season]/entries/[entry]/page.tsx');
    const shown = await pageHtml(await page({ params: Promise.resolve({ season: early.name, entry: id }) }));
    expect(shown).not.toContain('71.4');
    await beginClose(early.name, early.holder);
    const another = { ...early.disclosure, references: early.disclosure.references.slice(1) };
    await expect(closeSeason({ ...early, disclosure: another, now: false })).rejects.toThrow(
      /other undefended numbers/,
    );
    expect((await closeSeason({ ...early, now: false })).state).toBe('closed');
  });
});
