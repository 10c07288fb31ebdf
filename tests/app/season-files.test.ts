import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { GET, HEAD } from '../../app/api/v1/suites/[suite]/files/[...path]/route.ts';
import SeasonPage from '../../app/seasons/[season]/page.tsx';
import { beginClose, closeSeason } from '../../lib/db/seasons.ts';
import { type Caller, callers, castWith, makeRunners, proofOf, routeOf } from '../support/access/callers.ts';
import { ask, origin } from '../support/ask.ts';
import { pageHtml } from '../support/page-html.ts';
import { onPglite } from '../support/pglite.ts';
import { openedSeason } from '../support/season.ts';

const data = await vi.hoisted(async () => {
  const { mkdtempSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const folder = mkdtempSync(`${tmpdir()}/antidote-season-files-`);
  process.env.ANTIDOTE_DATA = folder;
  return folder;
});
vi.mock('../../lib/auth.ts', async (original) => ({
  ...(await original<typeof import('../../lib/auth.ts')>()),
  currentViewer: async () => null,
}));

onPglite();

const sha256 = (bytes: Uint8Array) => `sha256:${createHash('sha256').update(bytes).digest('hex')}` as const;
const name = '2027-01';
const id = `season-smoke-${name}`;
const own = (...path: string[]) => join(data, 'seasons', name, ...path);
const content = randomBytes(100);
const listed = 'cells/a.safetensors';
const files = [{ path: listed, bytes: content.length, sha256: sha256(content) }];
const manifest = Buffer.from(JSON.stringify({ format: 'antidote-suite-1', suite: id, files }));

/** As `season open` leaves the folder, and a copy for a runner. */
function writeSeason() {
  mkdirSync(own('suites', id, 'cells'), { recursive: true });
  writeFileSync(own('suites', id, listed), content);
  writeFileSync(own('suites', id, 'manifest.json'), manifest);
  writeFileSync(own('suites', id, 'unlisted.txt'), 'not of the suite');
  writeFileSync(own('canary.safetensors'), 'a canary');
  for (const file of ['secret.json', 'disclosure.json']) writeFileSync(own(file), '{"seed":"secret"}');
}

const door = 'GET /api/v1/suites/{suite}/files/{path*}';
const get = (path: string, headers: Record<string, string> = {}, { suite = id, head = false } = {}) =>
  ask(
    head ? HEAD : GET,
    `/api/v1/suites/${suite}/files/${path}`,
    { params: { suite, path: path.split('/') }, headers },
    head ? 'HEAD' : 'GET',
  );

/** All that an answer tells, but the name that was asked for. */
const toldBy = async (answer: Response, suite = id) => [
  answer.status,
  [...answer.headers],
  (await answer.text()).replaceAll(suite, 'it'),
];

let season: Awaited<ReturnType<typeof openedSeason>>;
beforeAll(async () => {
  writeSeason();
  season = await openedSeason(name, { committed: { manifest: sha256(manifest) } });
});

const beside = ['unlisted.txt', '../../secret.json', '../../disclosure.json', '../../canary.safetensors', 'cells', ''];
const paths = ['manifest.json', listed, ...beside];
const asks: Record<string, string>[] = [
  {},
  { range: 'bytes=0-9' },
  { 'if-none-match': '*' },
  { 'if-none-match': `"${sha256(manifest)}"` },
  { 'if-none-match': `"${sha256(content)}"` },
];

describe('before the close', () => {
  it.each(['open', 'closing'])(
    'no question learns more of a season that is %s than of one that there is not',
    async (state) => {
      if (state === 'closing') await beginClose(name, season.holder);
      const none = 'season-smoke-2027-02';
      for (const head of [false, true])
        for (const path of paths)
          for (const headers of asks) {
            const answer = await get(path, headers, { head });
            expect(answer.status, `${path} ${JSON.stringify(headers)}`).toBe(404);
            expect(await toldBy(answer)).toEqual(await toldBy(await get(path, headers, { suite: none, head }), none));
          }
    },
  );

  it('the same holds for its owner, others, organizers and runners, whatever they show', async () => {
    const cast = await castWith(await makeRunners());
    const url = `${origin}/api/v1/suites/${id}/files/manifest.json`;
    const status = async (caller: Caller) =>
      (await get('manifest.json', await proofOf(caller, routeOf(door), { method: 'GET', url }, cast))).status;
    for (const caller of callers) expect([caller, await status(caller)]).toEqual([caller, 404]);
  });
});

describe('from the close on', () => {
  beforeAll(async () => {
    await closeSeason({ name, holder: season.holder, disclosure: season.disclosure, now: false });
  });
  const page = async () => pageHtml(await SeasonPage({ params: Promise.resolve({ season: name }) }));

  it('the manifest and what it lists are there, whole and in part, and known by their sums', async () => {
    expect(Buffer.from(await (await get('manifest.json')).arrayBuffer())).toEqual(manifest);
    const whole = await get(listed);
    expect([whole.status, whole.headers.get('etag')]).toEqual([200, `"${sha256(content)}"`]);
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(content);
    const part = await get(listed, { range: 'bytes=10-19' });
    expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, content.subarray(10, 20)]);
    expect((await get(listed, { 'if-none-match': `"${sha256(content)}"` })).status).toBe(304);
    const head = await get(listed, {}, { head: true });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '100', '']);
    expect(await page()).toContain(`/api/v1/suites/${id}/files/manifest.json`);
  });

  it.each(beside)('nothing that lies beside it is served: %j', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain('seed');
  });

  it('another plan’s name for it is none', async () => {
    expect((await get('manifest.json', {}, { suite: `season-core-${name}` })).status).toBe(404);
  });

  it.each<[string, () => void]>([
    [
      'another suite than was committed to lies there',
      () => writeFileSync(own('suites', id, 'manifest.json'), `${manifest} `),
    ],
    ['the machine does not have them', () => rmSync(own('suites'), { recursive: true })],
  ])('where %s, the answer says how to draw them again', async (_, harm) => {
    harm();
    for (const path of ['manifest.json', listed]) {
      const answer = await get(path);
      expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining(`season verify ${name}`)]);
    }
    expect(await page()).toContain('are not on this site');
    writeSeason();
  });
});
