import { spawn } from 'node:child_process';
import {
  existsSync,
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
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { commitmentOf, SeasonRecord } from '../../lib/contract/season.ts';
import { distPath } from '../../runner/host/dist.ts';
import type { Ended } from '../support/command-line.ts';
import { onPglite } from '../support/pglite.ts';
import { seasonSite } from '../support/season-site.ts';
import { execute } from '../support/sql.ts';

/** The data set must lie in ANTIDOTE_DATA. The site of the test has a folder of its own, and so has each organizer. */
const { source, folder } = await vi.hoisted(async () => {
  const { mkdtempSync } = await import('node:fs');
  const { resolve } = await import('node:path');
  const { tmpdir } = await import('node:os');
  const source = resolve(process.env.ANTIDOTE_DATA ?? '.data', 'datasets');
  const { freePort } = await import('../support/free-port.ts');
  process.env.ANTIDOTE_DATA = mkdtempSync(`${tmpdir()}/antidote-season-`);
  process.env.PORT = `${await freePort()}`;
  return { source, folder: process.env.ANTIDOTE_DATA };
});

onPglite();

const name = '2099-12';
const minutes = 60_000;
const dataset = 'emnist-letters';
let site: Awaited<ReturnType<typeof seasonSite>>;
/** All that any command printed. */
const printed: string[] = [];

function organizer(): string {
  const data = mkdtempSync(join(tmpdir(), 'antidote-organizer-'));
  symlinkSync(source, join(data, 'datasets'));
  writeFileSync(join(data, 'chores.secret'), 'a-secret-of-the-test');
  return data;
}

let data: string;
beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  site = await seasonSite('a-secret-of-the-test');
  data = organizer();
});
afterAll(() => {
  site.close();
  for (const path of [folder, data]) rmSync(path, { recursive: true, force: true });
});

/** Runs a command in a process group of its own, and kills all of that as soon as `until` says so. */
async function season(args: readonly string[], at = data, until: () => boolean = () => false): Promise<Ended> {
  const { PATH, HOME, ANTIDOTE_BACKEND = 'auto' } = process.env;
  const child = spawn(process.execPath, [distPath('antidote.mjs'), 'season', ...args], {
    env: {
      PATH,
      HOME,
      NODE_ENV: 'test',
      NO_COLOR: '1',
      ANTIDOTE_BACKEND,
      ANTIDOTE_DATA: at,
      PORT: site.port,
      ANTIDOTE_URL: site.origin,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const ended: Ended = { code: null, out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    ended.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    ended.err += text;
  });
  const close = new Promise<number | null>((done) => child.on('close', done));
  let over = false;
  close.then(() => {
    over = true;
  });
  while (!over && !until()) await sleep(20);
  if (!over) process.kill(-child.pid!, 'SIGKILL');
  ended.code = await close;
  printed.push(ended.out, ended.err);
  return ended;
}

const open = (at?: string, until?: () => boolean) =>
  season(['open', '--plan', 'smoke', '--dataset', dataset, '--name', name, '--until', '2099-12-31'], at, until);
const own = (...names: string[]) => join(data, 'seasons', name, ...names);
const has = (...names: string[]) => existsSync(own(...names));
const secretOf = () => JSON.parse(readFileSync(own('secret.json'), 'utf8'));
const filesIn = (path: string) => (existsSync(path) ? readdirSync(path, { recursive: true }).map(String) : []);
const record = async () => SeasonRecord.parse(await (await fetch(`${site.origin}/api/v1/seasons/${name}`)).json());

describe('a season of plan smoke on real data', () => {
  let secret: { salt: string; draw: { seed: string }; holder: string };

  /** What is there when the opening is killed, in the order in which it comes. */
  const deaths: Record<string, () => boolean> = {
    'once it has its secret': () => has('secret.json'),
    'while it crafts': () => filesIn(own('suites')).some((path) => path.endsWith('poison.safetensors')),
    'once the suite is built': () => has('suites', `season-smoke-${name}`, 'manifest.json'),
    'while it calibrates': () => filesIn(own('calibration')).filter((path) => path.endsWith('.json')).length >= 3,
    'once it is calibrated': () => filesIn(own()).some((path) => /^reference\.\w+\.json$/.test(path)),
    'once its gates are known': () => has('gates.json'),
    'once it knows its commitment': () => has('disclosure.json'),
  };

  it('is opened by the same command whenever it was killed, from the same secret, and nothing is done twice', {
    timeout: 60 * minutes,
  }, async () => {
    let units = 0;
    for (const [when, there] of Object.entries(deaths)) {
      await open(data, there);
      expect(there(), when).toBe(true);
      secret ??= secretOf();
      expect(secretOf(), when).toEqual(secret);
      const kept = filesIn(own('calibration')).filter((path) => path.endsWith('.json')).length;
      expect(kept, when).toBeGreaterThanOrEqual(units);
      units = kept;
    }
    const before = statSync(own('disclosure.json')).mtimeMs;
    const { code, out, err } = await open();
    expect([code, err]).toEqual([0, expect.any(String)]);
    expect(out).toMatch(/^2099-12 {2}open {2}plan smoke {2}sha256:[0-9a-f]{64} {2}entries until 2099-12-31/);
    expect(statSync(own('disclosure.json')).mtimeMs).toBe(before);
    expect((await open()).out).toBe(out);
    const { committed } = JSON.parse(readFileSync(own('disclosure.json'), 'utf8'));
    expect((await record()).commitment).toBe(await commitmentOf(committed));
  });

  it('keeps its secret in a file that only its owner reads', () => {
    expect(statSync(own('secret.json')).mode & 0o777).toBe(0o600);
    expect(statSync(own()).mode & 0o777).toBe(0o700);
  });

  it('is not opened on another machine, nor with other data', async () => {
    const second = organizer();
    const { code, err } = await open(second);
    expect([code === 0, err]).toEqual([false, expect.stringMatching(/begun on another machine/)]);
    const other = await season(['open', '--plan', 'smoke', '--dataset', 'cifar-10', '--name', name]);
    expect([other.code, other.err]).toEqual([2, expect.stringMatching(/was begun with plan smoke on emnist-letters/)]);
    const known = await season(['open', '--plan', 'smoke', '--dataset', 'fashion-mnist', '--name', '2099-11']);
    expect([known.code, known.err]).toEqual([2, expect.stringMatching(/is the data of/)]);
    rmSync(second, { recursive: true, force: true });
  });

  it('has told nobody seed, salt, holder or data set before its close', async () => {
    const tables = await execute<{ name: string }>(
      sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
    );
    const rows = await Promise.all(
      tables.map(({ name: table }) =>
        execute<{ row: string }>(sql`select to_jsonb(t)::text as row from ${sql.identifier(table)} t`),
      ),
    );
    const stored = rows
      .flat()
      .map(({ row }) => row)
      .join('\n');
    const answers = site.said.filter((_, at) => at % 2 === 1).join('\n'); // what was sent names the holder
    for (const where of [stored, answers, printed.join('\n')])
      for (const word of [secret.draw.seed, secret.salt, secret.holder]) expect(where).not.toContain(word);
    for (const where of [stored, answers]) expect(where).not.toContain(dataset);
    expect(site.said.join('\n')).not.toContain(secret.draw.seed);
    const { code, err } = await season(['verify', name]);
    expect([code, err]).toEqual([2, expect.stringMatching(/is public once it is closed/)]);
  });

  it('is closed, also after a kill, and drawn anew by anybody it is the same', { timeout: 30 * minutes }, async () => {
    await season(['close', name], data, () => site.said.some((text) => text.includes('"closing"')));
    const { code, out } = await season(['close', name]);
    expect([code, out]).toEqual([0, expect.stringMatching(/^2099-12 {2}closed/)]);
    expect((await record()).disclosure!.committed.draw.seed).toBe(secret.draw.seed);
    const anybody = organizer();
    const verified = await season(['verify', name], anybody);
    expect([verified.code, verified.out.match(/^same/gm)?.length]).toEqual([0, 3]);
    rmSync(anybody, { recursive: true, force: true });
  });
});
