import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { antidote } from '../../support/command-line.ts';
import { serve } from '../../support/http-server.ts';

const sum = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const paths = Array.from({ length: 12 }, (_, at) => `cell-${at % 3}/0.1/seed-${at}/poison.safetensors`).sort();
const files = new Map(paths.map((path) => [path, randomBytes(20_000)]));
const listed = paths.map((path) => ({ path, bytes: files.get(path)!.length, sha256: sum(files.get(path)!) }));
const manifest = Buffer.from(JSON.stringify({ format: 'antidote-suite-1', suite: 'toy-1', files: listed }));
files.set('manifest.json', manifest);
const digest = sum(manifest);

/** A site with one suite. What it has may be changed, and what it was asked for is kept. */
let has: Map<string, Buffer>;
let asked: string[];
let most: number;
let built: boolean;
let offered: Buffer;
let site: Awaited<ReturnType<typeof serve>>;
let folder: string;
beforeEach(async () => {
  [has, asked, most, built, offered] = [new Map(files), [], 0, true, manifest];
  folder = join(mkdtempSync(join(tmpdir(), 'antidote-pull-')), 'toy-1');
  let open = 0;
  site = await serve(async (request, response) => {
    const path = request.url!.split('/files/')[1];
    const about = {
      digest: sum(offered),
      files: built ? [{ path: 'manifest.json', bytes: offered.length, sha256: sum(offered) }, ...listed] : null,
    };
    if (!path) return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(about));
    asked.push(path);
    most = Math.max(most, ++open);
    await new Promise((done) => setTimeout(done, 50)); // a slow site: so that several answers are under way
    open--;
    const bytes = has.get(path);
    if (bytes) response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    else response.writeHead(404).end();
  });
});
afterEach(() => site.close());
const pull = () => antidote(['suite', 'pull', 'toy-1', '--out', folder], { ANTIDOTE_URL: site.origin });
const verify = () => antidote(['suite', 'verify', folder]);
const oneSentence = (text: string, sentence: RegExp) => {
  const lines = text
    .trim()
    .split('\n')
    .filter((line) => !/^suite toy-1 +\d+ %/.test(line));
  expect(lines).toEqual([expect.stringMatching(sentence)]);
};
const partsLeft = () => readdirSync(folder, { recursive: true }).filter((name) => `${name}`.endsWith('.part'));

it('fetches every file, four at once at most, and ends with what was published', async () => {
  const { code, out } = await pull();
  expect([code, out]).toEqual([0, `toy-1: 12 files in ${folder}, 12 of them fetched, ${digest}\n`]);
  expect([most > 1, most <= 4]).toEqual([true, true]);
  expect((await verify()).code).toBe(0);
  expect(partsLeft()).toEqual([]);
});

it('fetches only what is missing or differs', async () => {
  await pull();
  asked = [];
  truncateSync(join(folder, paths[3]!), 5);
  const flipped = readFileSync(join(folder, paths[7]!));
  flipped[100]! ^= 1;
  writeFileSync(join(folder, paths[7]!), flipped);
  expect((await verify()).err).toBe(`${paths[3]} differs\n${paths[7]} differs\n`);
  expect(await pull()).toMatchObject({ code: 0, out: expect.stringContaining('2 of them fetched') });
  expect([...asked].sort()).toEqual([paths[3], paths[7]]);
  expect((await verify()).code).toBe(0);
});

it('ends with 3 and one sentence where the site lacks a file, and goes on from there when it has it', async () => {
  has.delete(paths[5]!);
  const { code, err } = await pull();
  expect(code).toBe(3);
  oneSentence(err, new RegExp(`/files/${paths[5]} is listed and not there`));
  expect(existsSync(join(folder, paths[5]!))).toBe(false);
  const had = asked.length;
  has = files;
  expect((await pull()).code).toBe(0);
  expect(asked.length - had).toBeLessThan(10);
});

it('ends with 3 and the name of a file that came with a flipped byte, which never has its name', async () => {
  const flipped = Buffer.from(files.get(paths[2]!)!);
  flipped[19_999]! ^= 128;
  has.set(paths[2]!, flipped);
  const { code, err } = await pull();
  expect(code).toBe(3);
  oneSentence(err, new RegExp(`/files/${paths[2]} is not the file with sha256:`));
  expect(existsSync(join(folder, paths[2]!))).toBe(false);
  expect((await verify()).code).toBe(1);
});

it.each(['README.md', 'manifest.json'])('never writes into a folder with a %s of another thing', async (name) => {
  mkdirSync(folder);
  writeFileSync(join(folder, name), '{"name":"mine"}');
  const { code, err } = await pull();
  expect([code, readdirSync(folder), readFileSync(join(folder, name), 'utf8')]).toEqual([2, [name], '{"name":"mine"}']);
  oneSentence(err, /holds something else than suite toy-1; name a new folder\.$/);
});

it('mends a manifest that is torn', async () => {
  await pull();
  truncateSync(join(folder, 'manifest.json'), 70);
  expect((await pull()).code).toBe(0);
  expect((await verify()).code).toBe(0);
});

it('ends with 3 where the manifest is not the one of that digest', async () => {
  has.set('manifest.json', Buffer.from(manifest.toString().replace('toy-1', 'toy-2')));
  const { code, err } = await pull();
  expect([code, existsSync(join(folder, 'manifest.json'))]).toEqual([3, false]);
  oneSentence(err, /manifest\.json is not the file with/);
});

it('ends with 3 and says what to do where the suite is not built yet', async () => {
  built = false;
  const { code, err } = await pull();
  expect(code).toBe(3);
  oneSentence(err, /has not built toy-1 yet; try again in a minute, or run 'npx antidote suite build toy-1/);
});

it('ends with 2 where the folder can’t be made', async () => {
  writeFileSync(folder, 'a file');
  const { code, err } = await pull();
  expect(code).toBe(2);
  oneSentence(err, /Can't write .*toy-1.*; name another\./);
});

it.each([
  ['a path out of the folder', { files: [{ ...listed[0]!, path: '../../escaped.txt' }] }, /files\.0\.path: /],
  ['no list of files', { files: undefined }, /files: /],
])('a manifest with %s is refused in one sentence, and nothing is written elsewhere', async (_, change, words) => {
  const bad = Buffer.from(JSON.stringify({ format: 'antidote-suite-1', suite: 'toy-1', ...change }));
  has.set('manifest.json', bad);
  offered = bad;
  const { code, err } = await pull();
  expect(code).toBe(3);
  oneSentence(err, /serves a manifest\.json of toy-1 that is none: /);
  expect(err).toMatch(words);
  expect(existsSync(join(folder, '../../escaped.txt'))).toBe(false);
});
