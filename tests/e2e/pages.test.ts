import { readFileSync, symlinkSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { createElement } from 'react';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chapterIds } from '../../app/docs/chapters.ts';
import { Findings } from '../../app/findings/findings.tsx';
import { Board } from '../../app/ui/board.tsx';
import { viewOf } from '../../app/ui/board-view.ts';
import type { BaselineId } from '../../lib/catalog/baselines/index.ts';
import { type Cheat, cheatIds, cheats } from '../../lib/catalog/cheats.ts';
import { type SecondCheat, secondCheats } from '../../lib/catalog/cheats-2.ts';
import { hostileModules, hostilePrograms } from '../../lib/catalog/hostile.ts';
import { core1 } from '../../lib/catalog/suites/core-1.ts';
import { mainSuite } from '../../lib/catalog/suites/index.ts';
import { smoke1 } from '../../lib/catalog/suites/smoke-1.ts';
import type { StandingsJson } from '../../lib/contract/api.ts';
import { prepareSuite } from '../../runner/craft/prepare-suite.ts';
import { projectDir } from '../../runner/host/dist.ts';
import { dataPath } from '../../runner/host/places.ts';
import { openBrowser } from '../support/browser.ts';
import { pageHtml } from '../support/page-html.ts';
import { PageSite } from '../support/page-site.ts';
import { requires } from '../support/requires.ts';
import { type Staged, stage } from '../support/stage.ts';
import { syntheticTable } from '../support/synthetic-table.ts';
import { wideRows, wideSuite } from '../support/wide-suite.ts';

/** What axe finds. Our pages have no frames, so it runs once, in the page itself, which is what it calls legacy. */
async function barriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .setLegacyMode(true)
    .analyze();
  return violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.target.join(' ')}`);
}

/** The built pages in a real browser, with a row of every state on the board. */
describe.runIf(requires('chromium'))('the pages', () => {
  const drawn = requires('fashion-mnist'); // attacks have pictures where their suite is built
  let site: PageSite;
  let browser: Browser;
  let staged: Staged;
  let signedIn: BrowserContext;
  /** Three scored rows against each other. */
  let comparison: string;
  beforeAll(async () => {
    [site, browser] = await Promise.all([PageSite.start(), openBrowser()]);
    staged = await stage(site.origin, site.secret);
    const { rows } = (await (await fetch(`${site.origin}/api/v1/suites/smoke-1/standings`)).json()) as StandingsJson;
    const scored = rows.filter(({ state }) => state === 'scored').slice(0, 3);
    comparison = `/compare?suite=smoke-1${scored.map(({ submission }) => `&entry=${submission}`).join('')}`;
    if (drawn) {
      await prepareSuite(smoke1, () => {});
      symlinkSync(dataPath('suites'), join(site.dataDir, 'suites'));
    }
    signedIn = await browser.newContext();
    await signInOn(await signedIn.newPage());
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });

  async function signInOn(page: Page): Promise<void> {
    await page.goto(await staged.link());
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${site.origin}/`);
  }

  /**
   * A page in a context of its own that notes what the browser complains of: errors, refused scripts and styles, failed
   * requests.
   */
  async function open(
    options: Parameters<Browser['newContext']>[0] = {},
    state = false,
  ): Promise<{ page: Page; complaints: string[]; close(): Promise<void> }> {
    const context = await browser.newContext({
      ...options,
      ...(state && { storageState: await signedIn.storageState() }),
    });
    context.setDefaultTimeout(120_000); // against hanging, as in vitest.config.ts
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    return { page, complaints, close: () => context.close() };
  }

  const everyPage = () => [
    '/',
    '/suites/smoke-1',
    '/suites/smoke-1?sort=cost&baselines=hide',
    '/suites/smoke-1?detail=families',
    '/suites/smoke-1?search=median&columns=places.mean.gain.assumes.language.engine.submitted',
    '/suites/smoke-1/scatter',
    comparison,
    '/suites/smoke-1/download',
    '/attacks',
    ...['badnets', 'target-insertion', 'label-flip'].map((id) => `/attacks/${id}`),
    ...[staged.scored, staged.failed, staged.running, staged.queued, staged.withdrawn].map(
      (id) => `/submissions/${id}`,
    ),
    `/submissions/${staged.scored}/trials?suite=smoke-1&scenario=badnets-mlp-128`,
    '/submissions/new?from=shape',
    '/runners',
    '/account',
    '/docs',
    ...chapterIds.map((id) => `/docs/${id}`),
    '/device',
    '/paper',
    '/findings',
    '/integrity',
  ];

  // Colors do not depend on the width, nor the layout on the colors: each of both once.
  it.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)(
    'in %s have no barrier that axe knows, no complaint, and nothing wider than %i pixels',
    { timeout: 300_000 },
    async (colorScheme, width) => {
      const { page, complaints, close } = await open({ colorScheme, viewport: { width, height: 900 } }, true);
      const found: string[] = [];
      for (const path of everyPage()) {
        await page.goto(site.origin + path);
        for (const barrier of await barriers(page)) found.push(`${path}: ${barrier}`);
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (over > 0) found.push(`${path} is ${over} pixels too wide`);
      }
      await close();
      expect([...found, ...complaints]).toEqual([]);
    },
  );

  it('are no wider than 320 pixels, where a telephone is held upright or a text is enlarged', async () => {
    const { page, close } = await open({ viewport: { width: 320, height: 700 } }, true);
    const over = async () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    const wide: string[] = [];
    for (const path of everyPage()) {
      await page.goto(site.origin + path);
      if ((await over()) > 0) wide.push(`${path} by ${await over()}`);
    }
    await close();
    expect(wide).toEqual([]);
  });

  it.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)(
    'show a board of twenty scenarios, in %s, that scrolls by itself at %i pixels, keeps its names in sight, and has no barrier that axe knows',
    async (colorScheme, width) => {
      const { page, close } = await open({ colorScheme, viewport: { width, height: 900 } });
      const found: string[] = [];
      for (const detail of ['families', 'scenarios']) {
        const board = createElement(Board, {
          suite: wideSuite,
          rows: wideRows,
          view: viewOf(wideSuite, { detail }),
          undefended: { cells: null, bias: null },
        });
        await page.goto(`${site.origin}/runners`);
        await page.locator('main').evaluate(
          (main, html) => {
            main.innerHTML = `<div class="wide"><h1>The board</h1>${html}</div>`;
          },
          await pageHtml(board),
        );
        for (const barrier of await barriers(page)) found.push(`${detail}: ${barrier}`);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
        ).toBe(0);
        const table = page.getByRole('region', { name: 'Standings on wide-1' });
        await table.evaluate((region) => region.scrollTo({ left: region.scrollWidth }));
        const name = await page.getByRole('rowheader', { name: 'A defense with a name' }).boundingBox();
        expect(name!.x).toBeGreaterThanOrEqual(0);
        expect(name!.x).toBeLessThan(width / 2);
      }
      await close();
      expect(found).toEqual([]);
    },
  );

  describe('the findings', () => {
    const show = async (page: Page, ids?: BaselineId[]) =>
      page.locator('main').evaluate(
        (main, html) => {
          main.innerHTML = html;
          main.querySelector('details:last-of-type')!.setAttribute('open', '');
        },
        await pageHtml(createElement(Findings, { suite: core1, table: syntheticTable(ids) })),
      );

    it.each([
      ['light', 1280],
      ['dark', 390],
    ] as const)(
      'of every row have no barrier that axe knows, in %s and %i pixels wide',
      { timeout: 300_000 },
      async (colorScheme, width) => {
        const { page, close } = await open({ colorScheme, viewport: { width, height: 900 } });
        await page.goto(`${site.origin}/findings`);
        await show(page);
        const found = await barriers(page);
        await close();
        expect(found).toEqual([]);
      },
    );

    it('are nowhere wider than the window, every row of them or some', async () => {
      const wide: string[] = [];
      for (const width of [1280, 390, 320]) {
        const { page, close } = await open({ viewport: { width, height: 900 } });
        await page.goto(`${site.origin}/findings`);
        for (const ids of [undefined, ['none', 'dp-sgd', 'sever'], ['clip-only']] satisfies (
          | BaselineId[]
          | undefined
        )[]) {
          await show(page, ids);
          const over = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          if (over > 0) wide.push(`${ids ?? 'all'} at ${width} by ${over}`);
        }
        await close();
      }
      expect(wide).toEqual([]);
    });
  });

  it('are ink on white on paper, in the dark theme too, and a board is printed with all its columns', async () => {
    const { page, close } = await open({ colorScheme: 'dark' });
    await page.goto(`${site.origin}/suites/smoke-1`);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const ink = await page.evaluate(() => getComputedStyle(document.documentElement).color);
    expect(ink).toBe('rgb(20, 24, 27)');
    const overflow = page
      .locator('section:has(> table.board)')
      .evaluate((section) => getComputedStyle(section).overflow);
    expect(await overflow).toBe('visible');
    expect(await page.getByRole('link', { name: 'Submit' }).first().isVisible()).toBe(false);
    await close();
  });

  it('say on the findings that ranks exist only in a season, or that there is no suite to read them off', async () => {
    const { page, close } = await open({ javaScriptEnabled: false });
    await page.goto(site.origin);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Findings' }).click();
    await page.getByRole('heading', { level: 1, name: 'Findings' }).waitFor();
    await page
      .getByText(mainSuite.ranked ? 'ranks exist only in a season' : 'No ranked suite is published yet')
      .waitFor();
    await close();
  });

  it('lead from the board and from a submission to each attack', async () => {
    const { page, close } = await open({ javaScriptEnabled: false });
    for (const path of ['/suites/smoke-1', `/submissions/${staged.scored}`]) {
      await page.goto(site.origin + path);
      await page
        .getByRole('link', { name: /BadNets$/ })
        .and(page.locator('[href^="/attacks/"]'))
        .first()
        .click();
      await page.getByRole('heading', { level: 1, name: 'BadNets' }).waitFor();
    }
    await close();
  });

  it('tell of every attack of every suite, and of each with its curve as a table, its gate and why a control is none', async () => {
    const { page, complaints, close } = await open();
    await page.goto(`${site.origin}/attacks`);
    for (const name of ['Label flip', 'Confidence flip', 'Target insertion', 'BadNets'])
      await page.getByRole('heading', { level: 3, name, exact: true }).waitFor();
    await page.getByRole('link', { name: 'Label flip', exact: true }).click();
    await page.getByRole('img', { name: 'Effect of the attack on the undefended model, smoke-1' }).waitFor();
    const cells = await page
      .getByRole('region', { name: 'Effect of the attack on the undefended model, smoke-1' })
      .locator('tbody tr')
      .allTextContents();
    expect(cells).toEqual([
      expect.stringMatching(/^logistic regression20 % poison.*\+1\.\d points.*3 pointsnono: a control$/),
    ]);
    await page.getByText('label-flip-lr is a control').first().waitFor();
    expect(await page.getByRole('link', { name: /^Biggio/ }).getAttribute('href')).toBe(
      'https://proceedings.mlr.press/v20/biggio11.html',
    );
    await close();
    expect(complaints).toEqual([]);
  });

  it.runIf(drawn)('draw an attack’s rows as published, and offer its files with their sha256', async () => {
    const { page, complaints, close } = await open();
    await page.goto(`${site.origin}/attacks/badnets`);
    for (const alt of [/^Clean: /, /^Poison, made from: /, /^What the poison changes in: /]) {
      const images = page.getByRole('img', { name: alt });
      expect(await images.count()).toBe(8);
      expect(
        await images.evaluateAll((all) => all.every((image) => (image as HTMLImageElement).naturalWidth === 28)),
      ).toBe(true);
    }
    const files = page.getByRole('region', { name: 'Files of badnets-mlp-128 in smoke-1' });
    expect(await files.getByRole('link').allTextContents()).toEqual([
      'badnets-mlp-128/0.01/seed-0/poison.safetensors',
      'badnets-mlp-128/0.01/seed-1/poison.safetensors',
      'badnets-mlp-128/examples.safetensors',
      'badnets-mlp-128/poison.csv',
    ]);
    const answer = await fetch(site.origin + (await files.getByRole('link').last().getAttribute('href')));
    expect(answer.headers.get('etag')).toBe(
      `"sha256:${(await files.getByRole('row').last().locator('td').last().textContent())!}"`,
    );
    await close();
    expect(complaints).toEqual([]);
  });

  it('put every cheat on show with its numbers and its end, and say what only a season stops', async () => {
    const { page, complaints, close } = await open({ javaScriptEnabled: false });
    await page.goto(`${site.origin}/docs`);
    await page.getByRole('link', { name: 'How cheating ends' }).first().click();
    await page.waitForURL(({ pathname }) => pathname === '/integrity'); // whole: what is counted at once does not wait
    const table = page.getByRole('region', { name: 'Modules that try to win without defending' });
    const rows = await table.locator('tbody tr').allTextContents();
    expect(rows).toHaveLength(1 + cheatIds.length);
    for (const { name, mean, verdict } of Object.values<Cheat>(cheats)) {
      const ends = { below: 'below DP-SGD', flagged: 'flagged, not ranked' }[verdict];
      expect(
        rows.filter(
          (row) => row.startsWith(name) && row.includes(mean.toFixed(2).replace('-', '−')) && row.includes(ends),
        ),
      ).toHaveLength(1);
    }
    const holding = (nothing: boolean) =>
      Object.values<SecondCheat>(secondCheats).filter(({ holds }) => (holds === 'nothing') === nothing);
    for (const [label, nothing] of [
      ['Modules without knowledge of the data', true],
      ['Modules that hold public data or seeds', false],
    ] as const) {
      const shown = await page.getByRole('region', { name: label }).locator('tbody tr').allTextContents();
      expect(shown).toHaveLength(holding(nothing).length);
      for (const [at, { name, ends }] of holding(nothing).entries())
        expect([shown[at]!.startsWith(name), shown[at]!.includes(ends)]).toEqual([true, true]);
    }
    const only = page.getByRole('region', { name: 'Cheats that only a season stops' }).locator('tbody th');
    expect(await only.allTextContents()).toEqual(['Smuggled weights', 'Oracle from the public mask']);
    const tried = await page
      .getByRole('region', { name: /^Hostile/ })
      .locator('li, tbody th')
      .count();
    expect(tried).toBeGreaterThan(Object.keys(hostileModules).length + Object.keys(hostilePrograms).length - 1);
    expect(
      await page.getByRole('region', { name: 'Withdrawn submissions' }).locator('tbody tr').textContent(),
    ).toContain('A mistake in the second step.');
    await close();
    expect(complaints).toEqual([]);
  });

  it('call ε verified of the harness’s own DP-SGD, and what a stranger’s votes certify claimed', async () => {
    const { rows } = (await (await fetch(`${site.origin}/api/v1/suites/smoke-1/standings`)).json()) as StandingsJson;
    const guarantees = async (name: string) => {
      const html = await (
        await fetch(`${site.origin}/submissions/${rows.find((row) => row.name === name)!.submission}`)
      ).text();
      const text = html
        .replace(/<script[\s\S]*?<\/script>/g, '')
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' ');
      return text.slice(text.indexOf('Guarantees'), text.indexOf(' Attempts '));
    };
    expect(await guarantees('DP-SGD, C 1, σ 0.5')).toMatch(
      /Differential privacy verified .*Rényi accountant ≤ 7\.9 .*PRV accountant ≤ 6\.47 .*256 \/ 60,000/,
    );
    expect(await guarantees('Trimmed losses of mine')).toMatch(
      /Certified accuracy claimed .*k = 0 k = 1 k = 2 k = 4 .*logistic regression.* 2 71\.\d %/,
    );
    expect(await guarantees('Noise only, std 0.5')).toBe('');
  });

  it('of a submission on a suite that it was not evaluated on, or that is none, are not there', async () => {
    for (const suite of ['core-1', 'no-such-suite', 'smoke-1'])
      expect((await fetch(`${site.origin}/submissions/${staged.failed}?suite=${suite}`)).status).toBe(
        suite === 'smoke-1' ? 200 : 404,
      );
  });

  it('show the under-trained frontier below the board, its best member marked', async () => {
    const html = await (await fetch(`${site.origin}/suites/smoke-1`)).text();
    const text = html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    expect(text.slice(text.indexOf('The under-trained frontier'))).toMatch(
      / 80 best mean 79\.9 % −0\.12 n 2 indiscriminate 0\.57 n 2 /,
    );
  });

  it('show every row in their HTML, whatever its state', async () => {
    const html = await (await fetch(`${site.origin}/suites/smoke-1`)).text();
    const { rows } = (await (await fetch(`${site.origin}/api/v1/suites/smoke-1/standings`)).json()) as {
      rows: { name: string }[];
    };
    expect(rows.length).toBe(13);
    expect(rows.filter(({ name }) => !html.includes(name))).toEqual([]);
    expect(html).toMatch(/Under review.*?anonymous until 2/s);
    expect(html).not.toContain('Withdrawn idea');
  });

  it('sort by a link, and say which column is sorted and which way is better', async () => {
    const { page, close } = await open({ javaScriptEnabled: false });
    await page.goto(`${site.origin}/suites/smoke-1`);
    const columns = page.getByRole('columnheader');
    expect(await columns.filter({ hasText: /^Worst family.*higher/ }).getAttribute('aria-sort')).toBe('descending');
    await page.getByRole('link', { name: /^Cost.*lower is better/ }).click();
    await page.waitForURL(`${site.origin}/suites/smoke-1?sort=cost`);
    expect(await columns.filter({ hasText: /^Cost/ }).getAttribute('aria-sort')).toBe('ascending');
    const names = await page
      .getByRole('region', { name: 'Standings on smoke-1' })
      .locator('tbody th')
      .allTextContents();
    expect([names[0], names.at(-1)]).toEqual([
      expect.stringMatching(/^Oracle filter/),
      expect.stringMatching(/^No defense/),
    ]); // the brackets stay where they are
    expect(names.findIndex((name) => name.startsWith('Random filter'))).toBeLessThan(
      names.findIndex((name) => name.startsWith('DP-SGD')),
    );
    await close();
  });

  it('search, filter and choose columns of a board by a form without JavaScript, whose view has one address and its own files', async () => {
    const { page, close } = await open({ javaScriptEnabled: false });
    await page.goto(`${site.origin}/suites/smoke-1`);
    await page.getByRole('searchbox').fill('median');
    await page.getByText('Filters and columns').click();
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('shape');
    await page.getByRole('checkbox', { name: 'Cost', exact: true }).uncheck();
    await page.getByRole('button', { name: 'Show' }).last().click();
    const query = '?search=median&kind=shape&columns=places.mean.worst.gain.utility';
    await page.waitForURL(`${site.origin}/suites/smoke-1${query}`);
    const names = await page
      .getByRole('region', { name: 'Standings on smoke-1' })
      .locator('tbody th > a')
      .allTextContents();
    expect(names).toEqual(['Oracle filter', 'Median clip', 'No defense']);
    expect(await page.getByRole('columnheader', { name: /^Cost/ }).count()).toBe(0);
    const json = await page.getByRole('link', { name: 'JSON', exact: true }).getAttribute('href');
    const { rows, season, license } = (await (await fetch(site.origin + json)).json()) as StandingsJson;
    expect([rows.map(({ name }) => name), season, license]).toEqual([names, null, 'MIT']);
    const parquet = await page.getByRole('link', { name: 'Parquet' }).getAttribute('href');
    const file = await (await fetch(site.origin + parquet)).arrayBuffer();
    expect(Buffer.from(file, 0, 4).toString()).toBe('PAR1');
    await close();
  });

  it('tell what a column and a mark mean, by key, and let go of it by another', async () => {
    const { page, close } = await open({ javaScriptEnabled: false });
    await page.goto(`${site.origin}/suites/smoke-1`);
    await page.getByRole('button', { name: 'What “Gain” means' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('what is more than under-training').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('what is more than under-training').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'shape', exact: true }).first().click();
    await page.getByText('Shapes the gradient of every step').waitFor();
    await close();
  });

  it('compare the rows that are ticked, attack by attack, at one address', async () => {
    const { page, close } = await open({ javaScriptEnabled: false });
    await page.goto(`${site.origin}/suites/smoke-1`);
    for (const name of ['Median clip', 'DP-SGD, C 1, σ 0.5'])
      await page.getByRole('checkbox', { name: `Compare ${name}`, exact: true }).check();
    await page.getByRole('button', { name: 'Compare the ticked rows' }).click();
    await page.waitForURL(
      ({ pathname, searchParams }) => pathname === '/compare' && searchParams.getAll('entry').length === 2,
    );
    // Two seeds separate nobody, and the page says so.
    await page.getByText(/: better on 0, worse on 0, not separable on \d\./).waitFor();
    await page.getByText('Its 2 seeds separate nobody').waitFor();
    expect(await page.getByRole('region', { name: 'Differences, attack by attack' }).locator('tbody tr').count()).toBe(
      smoke1.scenarios.length,
    );
    await page.goto(`${site.origin}/compare?suite=smoke-1`);
    await page.getByText('Tick two to 4 rows').waitFor();
    await close();
  });

  it('draw accuracy against robustness with points that the keyboard reaches', async () => {
    const { page, close } = await open({ javaScriptEnabled: false });
    await page.goto(`${site.origin}/suites/smoke-1/scatter`);
    const point = page.getByRole('link', { name: /^Median clip: clean accuracy \d/ });
    await point.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Median clip' }).waitFor();
    await close();
  });

  it('keep a chosen theme, without JavaScript', async () => {
    const { page, close } = await open({ javaScriptEnabled: false, colorScheme: 'light' });
    await page.goto(`${site.origin}/docs`);
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await ground();
    await page.getByRole('button', { name: 'Dark' }).click();
    await page.goto(`${site.origin}/runners`);
    expect(await ground()).not.toBe(light);
    expect(await page.getByRole('button', { name: 'Dark' }).getAttribute('aria-pressed')).toBe('true');
    await close();
  });

  it('sign in once by a link, without JavaScript; opening it changes nothing', async () => {
    const link = await staged.link();
    const { page, close } = await open({ javaScriptEnabled: false });
    await page.goto(link);
    await page.goto(link);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'Local researcher' }).waitFor();
    const [session] = (await page.context().cookies()).filter(({ name }) => name.includes('session-token'));
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
    await page.goto(link);
    await page.getByText('This link was used before').waitFor();
    await page.goto(`${site.origin}/account`);
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor();
    await close();
  });

  it('keep what was typed when a module is refused, and submit it when it is mended, without JavaScript', async () => {
    const { page, close } = await open({ javaScriptEnabled: false }, true);
    await page.goto(`${site.origin}/submissions/new`);
    await page.getByLabel('Name on the board').fill('Typed with care');
    await page.getByLabel(/^smoke-1 /).check();
    await page
      .getByLabel('Module', { exact: true })
      .fill("import fs from 'node:fs';\nexport default { filter: () => fs };");
    await page.getByLabel('Description').fill('What it does,\nand why.');
    await page.getByLabel('Authors').fill('Grace Hopper 0000-0002-1825-0097');
    await page.getByLabel('It needs clean data').check();
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await page.getByRole('alert').filter({ hasText: 'not submitted' }).textContent()).toContain(
      "imports 'node:fs'",
    );
    expect(await page.getByLabel('Name on the board').inputValue()).toBe('Typed with care');
    expect(await page.getByLabel('Description').inputValue()).toBe('What it does,\nand why.');
    expect(await page.getByLabel('Authors').inputValue()).toBe('Grace Hopper 0000-0002-1825-0097');
    expect(await page.getByLabel('It needs clean data').isChecked()).toBe(true);
    expect(await page.getByLabel('Module', { exact: true }).inputValue()).toContain('node:fs');
    await page.getByLabel('Module', { exact: true }).fill('');
    await page.locator('input[type=file]').setInputFiles({
      name: 'd.mjs',
      mimeType: 'text/javascript',
      buffer: Buffer.from('export default { filter: (t) => new Float32Array(t.n).fill(1) }; // 1\n'),
    });
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('heading', { level: 1, name: 'Typed with care' }).waitFor();
    expect(await page.getByRole('link', { name: 'Grace Hopper' }).getAttribute('href')).toBe(
      'https://orcid.org/0000-0002-1825-0097',
    );
    await page.getByText('Its code becomes public').waitFor({ state: 'detached' });
    await close();
  });

  it('check a module as it is typed, and keep it when the server refuses', async () => {
    const { page, complaints, close } = await open({}, true);
    await page.goto(`${site.origin}/submissions/new?from=train`);
    const verdict = page.locator('#verdict');
    await verdict.filter({ hasText: 'A train defense' }).waitFor();
    await page.getByLabel('Module', { exact: true }).fill('export default { filter( { } };');
    await verdict.filter({ hasText: 'not valid JavaScript' }).waitFor();
    await page.getByLabel('Name on the board').fill('Broken');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('It was not submitted').waitFor();
    expect(await page.getByLabel('Module', { exact: true }).inputValue()).toBe('export default { filter( { } };');
    expect(await page.getByLabel('Name on the board').inputValue()).toBe('Broken');
    await close();
    expect(complaints).toEqual([]);
  });

  it('follow a submission by themselves until it is scored', async () => {
    const { page, close } = await open({}, true);
    const asked = page.waitForResponse((answer) => answer.url().includes(`/api/v1/submissions/${staged.queued}`));
    await page.goto(`${site.origin}/submissions/${staged.queued}`);
    await page.getByText('Waiting in the queue').waitFor();
    await asked;
    await staged.finishQueue();
    await page.getByText('Attacked rows right').first().waitFor();
    await close();
  });

  it('show what strangers wrote as text', async () => {
    const { page, complaints, close } = await open({}, true);
    await page.goto(`${site.origin}/submissions/${staged.scored}`);
    await page.getByText('<script>alert(1)</script>').first().waitFor(); // in the card, and in the entry for BibTeX
    await page
      .getByText(/^Job .*, attempt 1$/)
      .first()
      .click();
    const log = await page
      .getByRole('region', { name: /^Log of job/ })
      .first()
      .textContent();
    expect(log?.trim()).toBe('epoch 1 of 3\nloss 0.42 <b>not bold</b>');
    await close();
    expect(complaints).toEqual([]);
  });

  it('show the log to its owner alone, and a form to withdraw', async () => {
    const stranger = await (await fetch(`${site.origin}/submissions/${staged.scored}`)).text();
    expect(stranger).not.toContain('epoch 1 of 3');
    expect(stranger).not.toContain('Withdraw this submission');
    const { page, close } = await open({ javaScriptEnabled: false }, true);
    await page.goto(`${site.origin}/submissions/${staged.failed}`);
    await page.getByText('Withdraw this submission').click();
    await page.getByLabel('Reason').fill('A mistake in the loss.');
    await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
    await page.getByText('Tick the box first').waitFor();
    expect(await page.getByLabel('Reason').inputValue()).toBe('A mistake in the loss.');
    await close();
  });

  describe.each([true, false])('of an account, with JavaScript: %s', (javaScriptEnabled) => {
    it('keep what was chosen for a token that is refused, so that the next try makes none for more', async () => {
      const { page, complaints, close } = await open({ javaScriptEnabled }, true);
      await page.goto(`${site.origin}/account`);
      await page.getByLabel('submit and withdraw').uncheck();
      await page.getByLabel('7 days').check();
      await page.getByRole('button', { name: 'Make a token' }).click();
      await page.getByText('A name is wanted').waitFor();
      const chosen = ['read what only you may see', 'submit and withdraw', '7 days', '90 days'];
      const kept = await Promise.all(chosen.map((label) => page.getByLabel(label).isChecked()));
      expect(kept).toEqual([true, false, true, false]);
      await close();
      expect(complaints).toEqual([]);
    });

    it('keep a name that is refused', async () => {
      const { page, close } = await open({ javaScriptEnabled }, true);
      await page.goto(`${site.origin}/account`);
      const form = page.locator('form', { has: page.getByRole('button', { name: 'Save' }) });
      await form.getByRole('textbox').fill('Antidote');
      await form.getByRole('button').click();
      await form.getByRole('alert').waitFor();
      expect(await form.getByRole('textbox').inputValue()).toBe('Antidote');
      await close();
    });

    it('tell somebody who signed out elsewhere, whichever button is pressed', async () => {
      for (const button of ['Make a token', 'Save', 'Delete my account', 'Sign out everywhere']) {
        const { page, complaints, close } = await open({ javaScriptEnabled }, true);
        await page.goto(`${site.origin}/account`);
        await page.getByLabel('Name of a new token').fill('For CI');
        await page.getByLabel('I am sure').check();
        await page.context().clearCookies();
        await page.getByRole('button', { name: button, exact: true }).click();
        await page.waitForURL(`${site.origin}/sign-in`);
        await close();
        expect(complaints).toEqual([]);
      }
    });
  });

  it('answer 400 to a call of an action that none of their forms makes', async () => {
    const cookie = (await signedIn.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const manifest = JSON.parse(readFileSync(join(projectDir, '.next/server/server-reference-manifest.json'), 'utf8'));
    const ids: string[] = Object.keys(manifest.node);
    expect(ids.length).toBeGreaterThan(10);
    const statusOf = async (id: string, body: FormData | string) =>
      (
        await fetch(`${site.origin}/account`, {
          method: 'POST',
          headers: { cookie, origin: site.origin, 'next-action': id },
          body,
          redirect: 'manual',
        })
      ).status;
    const withRoot = (root: string) => {
      const form = new FormData();
      form.set('0', root);
      return form;
    };
    for (const id of ids)
      for (const body of ['', '["$K1"]', ...['{', '["$1"]', '[1,2]', '[null,null,"$K1"]', '["$F1"]'].map(withRoot)])
        expect([id, body, await statusOf(id, body)]).toEqual([id, body, 400]);
    expect(await statusOf('00'.repeat(21), withRoot('["$K1"]'))).toBe(409); // as of a form from before an update
    expect((await fetch(`${site.origin}/_global-error`)).status).toBe(404);
  });

  it('approve a device that the person recognises', async () => {
    const device = (await (
      await fetch(`${site.origin}/api/v1/device`, { method: 'POST', body: new URLSearchParams({ scope: 'submit' }) })
    ).json()) as Record<string, string>;
    const { page, close } = await open({ javaScriptEnabled: false }, true);
    await page.goto(device.verification_uri_complete!);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('submit and withdraw defenses in your name').waitFor();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Approved.').waitFor();
    const body = new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: device.device_code!,
    });
    expect(await (await fetch(`${site.origin}/api/v1/device/token`, { method: 'POST', body })).json()).toMatchObject({
      token_type: 'Bearer',
      scope: 'submit',
      user: 'Local researcher',
    });
    await close();
  });

  it('make and revoke a token, without JavaScript', async () => {
    const { page, close } = await open({ javaScriptEnabled: false }, true);
    await page.goto(`${site.origin}/account`);
    await page.getByLabel('Name of a new token').fill('For CI');
    await page.getByRole('button', { name: 'Make a token' }).click();
    const token = (await page.getByRole('region', { name: 'The new token' }).textContent())?.trim();
    const own = () => fetch(`${site.origin}/api/v1/submissions`, { headers: { authorization: `Bearer ${token}` } });
    expect((await own()).status).toBe(200);
    await page.getByRole('button', { name: 'Revoke the token For CI' }).click();
    await page.getByRole('button', { name: 'Revoke the token For CI' }).waitFor({ state: 'detached' });
    expect((await own()).status).toBe(401);
    await close();
  });

  it('have a policy with a nonce of their own, and tell no other site where one was', async () => {
    const heads = await Promise.all([1, 2].map(async () => (await fetch(`${site.origin}/paper`)).headers));
    const [first, second] = heads.map((head) => head.get('content-security-policy')!);
    expect(first).toContain("default-src 'none'");
    expect(first).not.toMatch(/unsafe|\*/);
    expect(first).not.toBe(second);
    expect(heads[0]!.get('referrer-policy')).toBe('same-origin');
    expect((await fetch(await staged.link())).headers.get('referrer-policy')).toBe('no-referrer'); // its address holds a secret
    expect(heads[0]!.get('x-content-type-options')).toBe('nosniff');
    expect(heads[0]!.get('x-powered-by')).toBeNull();
  });

  it('tell search engines of every page for everybody, and of no row that was withdrawn', async () => {
    const robots = await (await fetch(`${site.origin}/robots.txt`)).text();
    expect(robots).toMatch(/^Disallow: \/api\/$/m);
    const [, address] = /^Sitemap: (.+)$/m.exec(robots)!;
    expect(address).toBe(`${site.origin}/sitemap.xml`);
    const listed = [...(await (await fetch(address!)).text()).matchAll(/<loc>(.+?)<\/loc>/g)].map(([, url]) => url!);
    const paths = ['', '/docs', '/suites/core-1', '/attacks/badnets', `/submissions/${staged.scored}`];
    expect(listed).toEqual(expect.arrayContaining(paths.map((path) => site.origin + path)));
    expect(listed).not.toContain(`${site.origin}/submissions/${staged.withdrawn}`);
    for (const url of listed) {
      const answer = await fetch(url);
      expect([url, answer.status]).toEqual([url, 200]);
      expect(await answer.text()).not.toContain('name="robots" content="noindex"');
    }
  });

  it('end a person’s sessions in all browsers by one button, without JavaScript, and keep the tokens', async () => {
    const [here, there] = [await open({ javaScriptEnabled: false }), await open()];
    for (const { page } of [here, there]) await signInOn(page);
    const account = `${site.origin}/account`;
    const kept = await there.page.context().cookies();
    await here.page.goto(account);
    await here.page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await here.page.waitForURL(`${site.origin}/sign-in`);
    await there.page.goto(`${site.origin}/api/auth/session`); // where next-auth renews its cookie
    await there.page.goto(account);
    await there.page.waitForURL(`${site.origin}/sign-in`);
    await there.page.context().addCookies(kept);
    await there.page.goto(account);
    await there.page.waitForURL(`${site.origin}/sign-in`);
    const headers = { authorization: `Bearer ${staged.token}` };
    expect((await fetch(`${site.origin}/api/v1/submissions`, { headers })).status).toBe(200);
    await Promise.all([here.close(), there.close()]);
    await signInOn(await signedIn.newPage()); // for the tests that follow
  });

  it('refuse what a page of somebody else sends with the visitor’s cookie', async () => {
    const cookie = (await signedIn.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const body = JSON.stringify({ name: 'x', suite: 'smoke-1', code: 'export default { filter() {} };', card: {} });
    const send = (origin: string) =>
      fetch(`${site.origin}/api/v1/submissions`, {
        method: 'POST',
        headers: { cookie, origin, 'content-type': 'application/json' },
        body,
      });
    expect((await send('https://evil.example')).status).toBe(403);
    const html = await (await fetch(`${site.origin}/account`, { headers: { cookie } })).text();
    const action = html.match(/name="(\$ACTION_ID_[0-9a-f]+)"/)![1]!;
    const form = new FormData();
    form.set(action, '');
    const forged = await fetch(`${site.origin}/account`, {
      method: 'POST',
      headers: { cookie, origin: 'https://evil.example' },
      body: form,
      redirect: 'manual',
    });
    expect(forged.status).toBeGreaterThanOrEqual(400);
    expect((await fetch(`${site.origin}/account`, { headers: { cookie }, redirect: 'manual' })).status).toBe(200);
  });

  it.each(['..%2f..%2fchores.secret', '%2e%2e/%2e%2e/chores.secret', '..%5c..%5cchores.secret', 'manifest.json%00'])(
    'serve no file but the suite’s: %s',
    async (path) => {
      const answer = await fetch(`${site.origin}/api/v1/suites/smoke-1/files/${path}`);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(await answer.text()).not.toContain(site.secret);
    },
  );

  it('refuse an address that is not in UTF-8 and a method that nobody asks with, pages and endpoints', async () => {
    const statusOf = (path: string, method: string) =>
      new Promise((done, failed) => {
        const asked = request(site.origin + path, { method }, (answer) => done(answer.resume().statusCode));
        asked.on('error', failed).end();
      });
    for (const path of ['/%ff', '/api/v1/suites/%ff', '/suites/%c3']) expect(await statusOf(path, 'GET')).toBe(400);
    for (const path of ['/', '/api/v1/health']) expect(await statusOf(path, 'TRACE')).toBe(405);
  });

  it('answer 404 where there is nothing, and say so', async () => {
    for (const path of [
      '/nothing',
      '/suites/nope',
      '/suites/nope/download',
      '/attacks/nope',
      '/attacks/__proto__',
      '/submissions/nope',
      '/submissions/00000000-0000-4000-8000-000000000000',
    ]) {
      const answer = await fetch(site.origin + path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(await answer.text()).toContain('There is nothing here');
    }
  });
});
