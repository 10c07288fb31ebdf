import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrialResult } from '../../lib/contract/result.ts';
import { projectDir } from '../../runner/host/dist.ts';
import { isAlive, type Process } from '../../runner/jail/process-tree.ts';
import { openBrowser } from '../support/browser.ts';
import { antidote } from '../support/command-line.ts';
import { eventually } from '../support/eventually.ts';
import { LocalSite } from '../support/local-site.ts';
import { requires } from '../support/requires.ts';

const example = readFileSync(join(projectDir, 'runner/defenses/examples/shape.mjs'), 'utf8');

const pythonExample = join(projectDir, 'runner/python/examples/filter.py');

/** A guest in its jail, busy or not. */
const isGuest = ({ pid }: Process) =>
  existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, 'latin1').startsWith('/bin/node\0');

type Row = { submission: string; name: string; state: string; worst: { value: number } | null };

/** From nothing to a score, in a real browser, with real training in a real jail. */
export const wholePath = ({ python }: { python: boolean }) =>
  describe.runIf(requires('chromium', 'bubblewrap', 'fashion-mnist'))('the whole path', () => {
    let site: LocalSite;
    let browser: Browser;
    let page: Page;
    const rows = async () => (await site.json<{ rows: Row[] }>('/api/v1/suites/smoke-1/standings')).rows;
    const rowNamed = async (name: string) => (await rows()).find((row) => row.name === name);

    /** Submits by the form and returns the id that the browser lands on. */
    const submit = async (name: string, code: string) => {
      await page.goto(`${site.origin}/submissions/new`);
      await page.getByLabel('Name on the board').fill(name);
      await page.getByLabel(/^smoke-1 /).check();
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'defense.mjs', mimeType: 'text/javascript', buffer: Buffer.from(code) });
      await page.getByText(/^A (shape|filter) defense, /).waitFor(); // checked in the browser, by the code that the server uses
      await page.getByRole('button', { name: 'Submit' }).click();
      await page.waitForURL(/\/submissions\/[0-9a-f-]{36}$/);
      return page.url().split('/').at(-1)!;
    };

    beforeAll(async () => {
      [site, browser] = await Promise.all([LocalSite.start(), openBrowser()]);
      page = await browser.newPage({ acceptDownloads: true });
    }, 360_000);
    afterAll(async () => {
      await browser?.close();
      await site?.stop();
    });

    it('start-up ends with the board and a link that signs in once', async () => {
      const lines = site.output.trim().split('\n').slice(-2);
      expect(lines).toEqual([
        `Board    ${site.origin}`,
        expect.stringMatching(
          /^Sign in {2}http:\/\/localhost:\d+\/sign-in\?token=\S+ {6}\(once, within 15 minutes; `npx antidote sign-in-link` prints another\)$/,
        ),
      ]);
      await page.goto(site.signInLink);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
      await page.goto(site.signInLink);
      await page.getByText('This link was used before').waitFor();
    });

    it('a shape defense uploaded in the browser is queued, run and scored, and its page follows along by itself', async () => {
      const id = await submit('median clip', example);
      const state = (word: string) =>
        page.locator('h1 + div').getByText(word, { exact: true }).waitFor({ timeout: 300_000 });
      await state('queued');
      await state('running');
      await state('scored');
      const { trials } = await site.json<{ trials: TrialResult[] }>(`/api/v1/submissions/${id}?suite=smoke-1`);
      expect(trials).toHaveLength(12);
      expect(trials.filter(({ outcome, cleanAccuracy }) => outcome !== 'scored' || cleanAccuracy! < 0.5)).toEqual([]);
    }, 900_000);

    it('it stands on the board at once, and in the CSV that the board offers', async () => {
      expect((await rowNamed('median clip'))?.worst?.value).toBeTypeOf('number');
      await page.goto(`${site.origin}/suites/smoke-1`);
      await page.getByRole('link', { name: 'median clip' }).first().waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: /CSV/ }).first().click(),
      ]);
      const csv = readFileSync((await download.path())!, 'utf8')
        .trim()
        .split(/\r?\n/);
      expect(csv[0]).toContain('submission');
      expect(csv.filter((line) => line.includes('median clip'))).toHaveLength(1);
    });

    if (python)
      it.runIf(requires('python-numpy'))(
        'a filter in Python goes the same way, and its row says so',
        async () => {
          await page.goto(`${site.origin}/submissions/new`);
          await page.getByLabel('Name on the board').fill('far rows');
          await page.getByLabel(/^smoke-1 /).check();
          await page.locator('input[type=file]').setInputFiles(pythonExample);
          await page.getByText(/^A filter defense in Python, with the packages of the set numpy, /).waitFor();
          expect(await page.getByLabel('Python').isChecked()).toBe(true);
          await page.getByRole('button', { name: 'Submit' }).click();
          await page.waitForURL(/\/submissions\/[0-9a-f-]{36}$/);
          const id = page.url().split('/').at(-1)!;
          await page.locator('h1 + div').getByText('scored', { exact: true }).waitFor({ timeout: 600_000 });
          const { trials, jailed, runtime } = await site.json<{
            trials: TrialResult[];
            jailed: boolean;
            runtime: string;
          }>(`/api/v1/submissions/${id}?suite=smoke-1`);
          expect({ jailed, runtime, trials: trials.length }).toEqual({
            jailed: true,
            runtime: 'python:numpy',
            trials: 12,
          });
          expect(trials.filter(({ outcome, cleanAccuracy }) => outcome !== 'scored' || cleanAccuracy! < 0.5)).toEqual(
            [],
          );
          await page.goto(`${site.origin}/suites/smoke-1`);
          await page
            .getByRole('row', { name: /far rows/ })
            .getByText('Python, numpy', { exact: true })
            .waitFor();
          const submit = ['submit', pythonExample, '--suite', 'smoke-1', '--name', 'far rows', '--json'];
          const [link] = /http\S+/.exec((await antidote(['sign-in-link'], { ANTIDOTE_DATA: site.dataDir })).out)!;
          await antidote(['login', '--link', link], site.variables);
          const again = await antidote(submit, site.variables);
          expect(JSON.parse(again.out), again.err).toMatchObject({ id, state: 'scored' });
        },
        900_000,
      );

    it('its suite is pulled and verified by the command line', async () => {
      const folder = join(site.dataDir, 'pulled');
      const pulled = await antidote(['suite', 'pull', 'smoke-1', '--out', folder], site.variables);
      expect([pulled.code, pulled.out]).toEqual([0, expect.stringContaining('smoke-1')]);
      expect((await antidote(['suite', 'verify', folder], site.variables)).code).toBe(0);
    });

    it('a row of the board is run again by the command line, which gets its code from the site, and is the same to the last bit', async () => {
      const { submission } = (await rowNamed('median clip'))!;
      const cell = ['--suite', 'smoke-1', '--scenario', 'badnets-mlp-128', '--seeds', '1'];
      const verified = await antidote(['verify', submission, ...cell], site.variables);
      expect([verified.code, verified.out]).toEqual([0, expect.stringMatching(/^all +2 +2$/m)]);
      const unknown = await antidote(['verify', '00000000-0000-4000-8000-000000000000', ...cell], site.variables);
      expect([unknown.code, unknown.err]).toEqual([expect.any(Number), expect.stringContaining('no such submission')]);
    });

    it('the reference table of core-1 stands there from the start, marked', async () => {
      const { rows: standing } = await site.json<{
        rows: (Row & { baseline: string | null; snapshotAt: string | null })[];
      }>('/api/v1/suites/core-1/standings');
      const none = standing.find(({ baseline }) => baseline === 'none')!;
      expect(none).toMatchObject({ state: 'scored', snapshotAt: expect.stringMatching(/^20/), worst: { value: 0 } });
      await page.goto(`${site.origin}/suites/core-1`);
      await page.getByText('snapshot', { exact: true }).first().waitFor();
    });

    it('Ctrl-C while a module trains ends it by itself, with everything that it started, and says what is kept', async () => {
      await submit('never returns', 'export default { filter() { for (;;) {} } };\n');
      await eventually(() => site.processes.some(isGuest));
      const started = site.processes;
      const said = await site.interrupt();
      await eventually(() => !started.some(isAlive));
      expect(said).toContain(`Stopped; everything that was answered is kept in ${site.dataDir}.`);
    }, 300_000);
  });
