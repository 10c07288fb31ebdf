import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secondCheats } from '../../lib/catalog/cheats-2.ts';
import { probeAttacks } from '../../lib/catalog/probes.ts';
import { smoke2 } from '../../lib/catalog/suites/smoke-2.ts';
import type { SubmissionJson } from '../../lib/contract/api.ts';
import { SeasonRecord } from '../../lib/contract/season.ts';
import { SeasonStandings } from '../../lib/contract/season-standings.ts';
import { prepareSuite } from '../../runner/craft/prepare-suite.ts';
import { dataPath } from '../../runner/host/places.ts';
import { chosenBackend } from '../../runner/train/chosen-backend.ts';
import { openEngine } from '../../runner/train/tf.ts';
import { openBrowser } from '../support/browser.ts';
import { secondCheatCode } from '../support/cheat-code-2.ts';
import { eventually } from '../support/eventually.ts';
import { filesBelow, SeasonHouse, type Told } from '../support/season-house.ts';

const dataset = 'emnist-letters';
const name = '2099-12';
const minutes = 60_000;
const baselines = ['none', 'clip-only', 'trimmed-loss'];
const cheats = ['hidden-filter', 'public-seeds'] as const;

/** Where text holds one of the words. The search is exact: what is cut or encoded is not found. */
const holding = (told: readonly Told[], words: readonly string[]) =>
  told.filter(({ text }) => words.some((word) => text.includes(word))).map(({ where }) => where);

/**
 * Plan smoke on real letters, from nothing to a ranked page: a real site, a real runner in the real jail, three
 * reference defenses and two cheats.
 */
describe('a whole season', () => {
  let house: SeasonHouse;
  let browser: Browser;
  let token: string;
  let cookies: Record<string, string>;
  let runner: string;
  const submissions: Record<string, string> = {};
  /** Everything that anybody was told between the opening and the close. */
  const before: Told[] = [];
  /** Pages that name the data set without a season. */
  let naming: string[] = [];
  let secret: { salt: string; holder: string; draw: { seed: string } };
  const words = () => [secret.draw.seed, secret.salt, secret.holder];

  const own = (...names: string[]) => join(house.site.dataDir, 'seasons', name, ...names);
  const filesIn = (...names: string[]) =>
    existsSync(own(...names)) ? readdirSync(own(...names), { recursive: true }).map(String) : [];
  const open = (until?: () => boolean) => {
    const plan = ['--plan', 'smoke', '--dataset', dataset, '--name', name, '--until', '2099-12-31'];
    return house.command(['season', 'open', ...plan, '--runners', runner], { until });
  };
  const json = async (path: string) => (await fetch(`${house.origin}/api/v1/${path}`)).json();
  const standings = async () => SeasonStandings.parse(await json(`seasons/${name}/standings`));
  const record = async () => SeasonRecord.parse(await json(`seasons/${name}`));
  const seen = async (submission: string, suite: string): Promise<SubmissionJson> =>
    json(`submissions/${submission}?suite=${suite}`);
  const params = async () => ({
    season: [name],
    suite: ['smoke-2', `season-smoke-${name}`],
    submission: Object.values(submissions),
    entry: (await json(`seasons/${name}/standings`)).rows?.map(({ id }: { id: string }) => id) ?? [],
    attack: [...probeAttacks],
    evaluation: [],
  });
  /** As nobody, as who is signed in on the page, and as who holds a token: author and organizer are one here. */
  const everything = async (): Promise<Told[]> => {
    const viewers = [{}, cookies, { authorization: `Bearer ${token}` }];
    const all = await Promise.all(viewers.map(async (headers) => house.everything(await params(), headers)));
    return all.flat();
  };

  beforeAll(async () => {
    if (!existsSync(dataPath('datasets', dataset, 'train.bin')))
      throw new Error(
        `The lane season needs EMNIST letters in ${dataPath('datasets', dataset)}; with the internet at hand 'npx antidote season open --plan smoke --dataset ${dataset}' obtains them, else put train.bin and test.bin there (runner/datasets/README.md).`,
      );
    process.env.ANTIDOTE_BACKEND = await chosenBackend(); // the other engine's undefended numbers take as long again, and nobody here is held against them
    await prepareSuite(smoke2, () => {});
    [house, browser] = await Promise.all([SeasonHouse.start(dataPath()), openBrowser()]);
    token = await house.site.token();
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto((await house.command(['sign-in-link'])).out.trim());
    house.printed.pop();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${house.origin}/`);
    cookies = { cookie: (await context.cookies()).map((one) => `${one.name}=${one.value}`).join('; ') };
    runner = await house.startRunner();
    await house.command(['login', '--link', (await house.command(['sign-in-link'])).out.trim()]);
    house.printed.splice(-2);
  }, 20 * minutes);
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  }, 2 * minutes);

  it('asks for the public evaluation of three reference defenses and two cheats', {
    timeout: 10 * minutes,
  }, async () => {
    expect((await house.command(['seed', ...baselines, '--suite', 'smoke-2'])).code).toBe(0);
    for (const { baseline, submission } of (await json('suites/smoke-2/standings')).rows)
      if (baselines.includes(baseline)) submissions[baseline] = submission;
    const { tf } = await openEngine('auto');
    for (const id of cheats) {
      const code = await secondCheatCode(id, smoke2, tf);
      const answer = await fetch(`${house.origin}/api/v1/submissions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: secondCheats[id].name, suite: 'smoke-2', code, card: {} }),
      });
      expect(answer.status).toBe(201);
      submissions[id] = (await answer.json()).id;
    }
    expect(Object.keys(submissions).sort()).toEqual([...baselines, ...cheats].sort());
    naming = holding(await everything(), [dataset, 'EMNIST']);
  });

  it('is opened, also after a kill while it is crafted and while it is calibrated, from the same secret', {
    timeout: 120 * minutes,
  }, async () => {
    const done = () => filesIn('calibration').filter((path) => path.endsWith('.json')).length;
    await open(() => filesIn('suites').some((path) => path.endsWith('poison.safetensors')));
    secret = JSON.parse(readFileSync(own('secret.json'), 'utf8'));
    expect(statSync(own('secret.json')).mode & 0o777).toBe(0o600);
    expect((await record()).state).toBe('opening');
    await open(() => done() >= 2);
    const units = done();
    expect(units).toBeGreaterThanOrEqual(2);
    const { code, out, err } = await open();
    expect([code, out], err.slice(-500)).toEqual([0, expect.stringMatching(/^2099-12 {2}open {2}plan smoke/)]);
    expect(JSON.parse(readFileSync(own('secret.json'), 'utf8'))).toEqual(secret);
  });

  it('takes the five, once their public evaluation is complete', { timeout: 120 * minutes }, async () => {
    await eventually(async () => {
      const states = await Promise.all(Object.values(submissions).map(async (id) => (await seen(id, 'smoke-2')).state));
      return states.every((state) => state === 'scored' || state === 'failed');
    });
    const entered = await house.command(['season', 'baselines', name]);
    expect([entered.code, entered.out.match(/is entered/g)?.length], entered.err).toEqual([0, baselines.length]);
    for (const id of cheats) {
      const { code, err } = await house.command(['enter', submissions[id]!, '--season', name]);
      expect(code, err).toBe(0);
    }
    expect((await standings()).rows).toHaveLength(5);
  });

  it('is computed by the runner, whose job folders hold nothing of the secret', {
    timeout: 120 * minutes,
  }, async () => {
    const wanted = 5 * smoke2.seeds.length;
    const asked = () => house.printed.find(({ where }) => where === 'the runner')!.text;
    const inSeason = () =>
      asked()
        .split('\n')
        .filter((line) => /handed in/.test(line)).length - wanted;
    let tasks = 0;
    const leaks = new Set<string>();
    let swept = 0;
    await eventually(async () => {
      for (const { where, text } of house.scratchFiles()) {
        if (where.endsWith('task.json')) tasks++;
        if ([...words(), name, dataset].some((word) => text.includes(word))) leaks.add(where);
      }
      if (inSeason() >= 5 && swept++ === 0) before.push(...(await everything()));
      return inSeason() >= wanted;
    });
    expect([...leaks]).toEqual([]);
    expect(tasks).toBeGreaterThan(0);
  });

  it('shows nobody anything before its close: no page, answer, feed, dump, log, and not the heap of the site', {
    timeout: 60 * minutes,
  }, async () => {
    before.push(...(await everything()));
    expect(before.length).toBeGreaterThan(100);
    expect(holding(before, words())).toEqual([]);
    expect(holding(before, [dataset, 'EMNIST']).filter((where) => !naming.includes(where))).toEqual([]);
    const file = join(house.site.dataDir, 'season.dump');
    expect((await house.command(['dump', file])).code).toBe(0);
    const dumped = { where: file, text: gunzipSync(readFileSync(file)).toString('latin1') };
    expect(dumped.text).toContain(name);
    const database = filesBelow(join(house.site.dataDir, 'db'));
    expect(database.length).toBeGreaterThan(0);
    expect(holding([dumped, ...database], words())).toEqual([]);
    expect(dumped.text).not.toContain(dataset);
    expect(holding(house.printed, words())).toEqual([]);
    const heap = await house.heap();
    expect(heap).toContain((await record()).commitment!);
    expect(
      words()
        .slice(0, 2)
        .filter((word) => heap.includes(word)),
    ).toEqual([]);
  });

  it('is closed, also after a kill, and has a ranked page', { timeout: 30 * minutes }, async () => {
    await house.command(['season', 'close', name], { until: async () => (await record()).state === 'closing' });
    const { code, out, err } = await house.command(['season', 'close', name]);
    expect([code, out], err).toEqual([0, expect.stringMatching(/^2099-12 {2}closed/)]);
    expect((await record()).disclosure!.committed.draw.seed).toBe(secret.draw.seed);
    const { rows } = await standings();
    expect(rows.filter(({ rank }) => rank !== null)).toHaveLength(5);
    const page = await (await fetch(`${house.origin}/seasons/${name}`)).text();
    for (const id of cheats) expect(page).toContain(secondCheats[id].name);
    const low = (id: string) => rows.find(({ submission }) => submission === submissions[id])!.scores!.mean!;
    for (const id of cheats) expect(low(id).value, id).toBeLessThan(secondCheats[id].mean / 2);
  });

  it('had shown none of the numbers that it shows now', { timeout: 10 * minutes }, async () => {
    const scores = JSON.stringify((await standings()).rows.map((row) => row.scores));
    const numbers = [...new Set(scores.match(/\d\.\d{5,}/g))]; // shorter ones are in every table
    expect(numbers.length).toBeGreaterThan(20);
    expect(holding(before, numbers)).toEqual([]);
    expect(holding(await everything(), numbers).length).toBeGreaterThan(0);
  });

  it('is drawn anew by anybody, and is the same', { timeout: 60 * minutes }, async () => {
    const data = mkdtempSync(join(tmpdir(), 'antidote-anybody-'));
    symlinkSync(dataPath('datasets'), join(data, 'datasets'));
    const { code, out } = await house.command(['season', 'verify', name], { data });
    expect([code, out.match(/^same/gm)?.length]).toEqual([0, 3]);
    const cell = ['--season', name, '--scenario', 'cluster-swap-lr', '--seeds', '1'];
    const again = await house.command(['verify', submissions['clip-only']!, ...cell], { data });
    expect([again.code, again.out], again.err).toEqual([0, expect.stringMatching(/^all +2 +2$/m)]);
    rmSync(data, { recursive: true, force: true });
  });
});
