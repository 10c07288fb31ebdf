import { symlinkSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
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
import { dataPath } from '../../runner/host/places.ts';
import { pageHtml } from '../support/page-html.ts';
import { requires } from '../support/requires.ts';
import { StagedPages } from '../support/staged-pages.ts';
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
  let pages: StagedPages;
  /** Three scored rows against each other. */
  let comparison: string;
  beforeAll(async () => {
    pages = await StagedPages.start();
    const { site } = pages;
    const { rows } = (await (await fetch(`${site.origin}/api/v1/suites/smoke-1/standings`)).json()) as StandingsJson;
    const scored = rows.filter(({ state }) => state === 'scored').slice(0, 3);
    comparison = `/compare?suite=smoke-1${scored.map(({ submission }) => `&entry=${submission}`).join('')}`;
    if (drawn) {
      await prepareSuite(smoke1, () => {});
      symlinkSync(dataPath('suites'), join(site.dataDir, 'suites'));
    }
  }, 600_000);
  afterAll(() => pages?.stop());

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
    ...[
      pages.staged.scored,
      pages.staged.failed,
      pages.staged.running,
      pages.staged.queued,
      pages.staged.withdrawn,
    ].map((id) => `/submissions/${id}`),
    `/submissions/${pages.staged.scored}/trials?suite=smoke-1&scenario=badnets-mlp-128`,
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
      const { page, complaints, close } = await pages.open({ colorScheme, viewport: { width, height: 900 } }, true);
      const found: string[] = [];
      for (const path of everyPage()) {
        await page.goto(pages.site.origin + path);
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
    const { page, close } = await pages.open({ viewport: { width: 320, height: 700 } }, true);
    const over = async () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    const wide: string[] = [];
    for (const path of everyPage()) {
      await page.goto(pages.site.origin + path);
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
      const { page, close } = await pages.open({ colorScheme, viewport: { width, height: 900 } });
      const found: string[] = [];
      for (const detail of ['families', 'scenarios']) {
        const board = createElement(Board, {
          suite: wideSuite,
          rows: wideRows,
          view: viewOf(wideSuite, { detail }),
          undefended: { cells: null, bias: null },
        });
        await page.goto(`${pages.site.origin}/runners`);
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
        const { page, close } = await pages.open({ colorScheme, viewport: { width, height: 900 } });
        await page.goto(`${pages.site.origin}/findings`);
        await show(page);
        const found = await barriers(page);
        await close();
        expect(found).toEqual([]);
      },
    );

    it('are nowhere wider than the window, every row of them or some', async () => {
      const wide: string[] = [];
      for (const width of [1280, 390, 320]) {
        const { page, close } = await pages.open({ viewport: { width, height: 900 } });
        await page.goto(`${pages.site.origin}/findings`);
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
    const { page, close } = await pages.open({ colorScheme: 'dark' });
    await page.goto(`${pages.site.origin}/suites/smoke-1`);
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
    const { page, close } = await pages.open({ javaScriptEnabled: false });
    await page.goto(pages.site.origin);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Findings' }).click();
    await page.getByRole('heading', { level: 1, name: 'Findings' }).waitFor();
    await page
      .getByText(mainSuite.ranked ? 'ranks exist only in a season' : 'No ranked suite is published yet')
      .waitFor();
    await close();
  });

  it('lead from the board and from a submission to each attack', async () => {
    const { page, close } = await pages.open({ javaScriptEnabled: false });
    for (const path of ['/suites/smoke-1', `/submissions/${pages.staged.scored}`]) {
      await page.goto(pages.site.origin + path);
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
    const { page, complaints, close } = await pages.open();
    await page.goto(`${pages.site.origin}/attacks`);
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
    const { page, complaints, close } = await pages.open();
    await page.goto(`${pages.site.origin}/attacks/badnets`);
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
    const answer = await fetch(pages.site.origin + (await files.getByRole('link').last().getAttribute('href')));
    expect(answer.headers.get('etag')).toBe(
      `"sha256:${(await files.getByRole('row').last().locator('td').last().textContent())!}"`,
    );
    await close();
    expect(complaints).toEqual([]);
  });

  it('put every cheat on show with its numbers and its end, and say what only a season stops', async () => {
    const { page, complaints, close } = await pages.open({ javaScriptEnabled: false });
    await page.goto(`${pages.site.origin}/docs`);
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
      ['Modules that hold public data, public seeds or the plan', false],
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
    const { rows } = (await (
      await fetch(`${pages.site.origin}/api/v1/suites/smoke-1/standings`)
    ).json()) as StandingsJson;
    const guarantees = async (name: string) => {
      const html = await (
        await fetch(`${pages.site.origin}/submissions/${rows.find((row) => row.name === name)!.submission}`)
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
      expect((await fetch(`${pages.site.origin}/submissions/${pages.staged.failed}?suite=${suite}`)).status).toBe(
        suite === 'smoke-1' ? 200 : 404,
      );
  });

  it('show the under-trained frontier below the board, its best member marked', async () => {
    const html = await (await fetch(`${pages.site.origin}/suites/smoke-1`)).text();
    const text = html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    expect(text.slice(text.indexOf('The under-trained frontier'))).toMatch(
      / 80 best mean 79\.9 % −0\.12 n 2 indiscriminate 0\.57 n 2 /,
    );
  });

  it('show every row in their HTML, whatever its state', async () => {
    const html = await (await fetch(`${pages.site.origin}/suites/smoke-1`)).text();
    const { rows } = (await (await fetch(`${pages.site.origin}/api/v1/suites/smoke-1/standings`)).json()) as {
      rows: { name: string }[];
    };
    expect(rows.length).toBe(13);
    expect(rows.filter(({ name }) => !html.includes(name))).toEqual([]);
    expect(html).toMatch(/Under review.*?anonymous until 2/s);
    expect(html).not.toContain('Withdrawn idea');
  });

  it('sort by a link, and say which column is sorted and which way is better', async () => {
    const { page, close } = await pages.open({ javaScriptEnabled: false });
    await page.goto(`${pages.site.origin}/suites/smoke-1`);
    const columns = page.getByRole('columnheader');
    expect(await columns.filter({ hasText: /^Worst family.*higher/ }).getAttribute('aria-sort')).toBe('descending');
    await page.getByRole('link', { name: /^Cost.*lower is better/ }).click();
    await page.waitForURL(`${pages.site.origin}/suites/smoke-1?sort=cost`);
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
    const { page, close } = await pages.open({ javaScriptEnabled: false });
    await page.goto(`${pages.site.origin}/suites/smoke-1`);
    await page.getByRole('searchbox').fill('median');
    await page.getByText('Filters and columns').click();
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('shape');
    await page.getByRole('checkbox', { name: 'Cost', exact: true }).uncheck();
    await page.getByRole('button', { name: 'Show' }).last().click();
    const query = '?search=median&kind=shape&columns=places.mean.worst.gain.utility';
    await page.waitForURL(`${pages.site.origin}/suites/smoke-1${query}`);
    const names = await page
      .getByRole('region', { name: 'Standings on smoke-1' })
      .locator('tbody th > a')
      .allTextContents();
    expect(names).toEqual(['Oracle filter', 'Median clip', 'No defense']);
    expect(await page.getByRole('columnheader', { name: /^Cost/ }).count()).toBe(0);
    const json = await page.getByRole('link', { name: 'JSON', exact: true }).getAttribute('href');
    const { rows, season, license } = (await (await fetch(pages.site.origin + json)).json()) as StandingsJson;
    expect([rows.map(({ name }) => name), season, license]).toEqual([names, null, 'MIT']);
    const parquet = await page.getByRole('link', { name: 'Parquet' }).getAttribute('href');
    const file = await (await fetch(pages.site.origin + parquet)).arrayBuffer();
    expect(Buffer.from(file, 0, 4).toString()).toBe('PAR1');
    await close();
  });

  it('tell what a column and a mark mean, by key, and let go of it by another', async () => {
    const { page, close } = await pages.open({ javaScriptEnabled: false });
    await page.goto(`${pages.site.origin}/suites/smoke-1`);
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
    const { page, close } = await pages.open({ javaScriptEnabled: false });
    await page.goto(`${pages.site.origin}/suites/smoke-1`);
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
    await page.goto(`${pages.site.origin}/compare?suite=smoke-1`);
    await page.getByText('Tick two to 4 rows').waitFor();
    await close();
  });

  it('draw accuracy against robustness with points that the keyboard reaches', async () => {
    const { page, close } = await pages.open({ javaScriptEnabled: false });
    await page.goto(`${pages.site.origin}/suites/smoke-1/scatter`);
    const point = page.getByRole('link', { name: /^Median clip: clean accuracy \d/ });
    await point.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Median clip' }).waitFor();
    await close();
  });

  it('keep a chosen theme, without JavaScript', async () => {
    const { page, close } = await pages.open({ javaScriptEnabled: false, colorScheme: 'light' });
    await page.goto(`${pages.site.origin}/docs`);
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await ground();
    await page.getByRole('button', { name: 'Dark' }).click();
    await page.goto(`${pages.site.origin}/runners`);
    expect(await ground()).not.toBe(light);
    expect(await page.getByRole('button', { name: 'Dark' }).getAttribute('aria-pressed')).toBe('true');
    await close();
  });

  it('have a policy with a nonce of their own, and tell no other site where one was', async () => {
    const heads = await Promise.all([1, 2].map(async () => (await fetch(`${pages.site.origin}/paper`)).headers));
    const [first, second] = heads.map((head) => head.get('content-security-policy')!);
    expect(first).toContain("default-src 'none'");
    expect(first).not.toMatch(/unsafe|\*/);
    expect(first).not.toBe(second);
    expect(heads[0]!.get('referrer-policy')).toBe('same-origin');
    expect((await fetch(await pages.staged.link())).headers.get('referrer-policy')).toBe('no-referrer'); // its address holds a secret
    expect(heads[0]!.get('x-content-type-options')).toBe('nosniff');
    expect(heads[0]!.get('x-powered-by')).toBeNull();
  });

  it('tell search engines of every page for everybody, and of no row that was withdrawn', async () => {
    const robots = await (await fetch(`${pages.site.origin}/robots.txt`)).text();
    expect(robots).toMatch(/^Disallow: \/api\/$/m);
    const [, address] = /^Sitemap: (.+)$/m.exec(robots)!;
    expect(address).toBe(`${pages.site.origin}/sitemap.xml`);
    const listed = [...(await (await fetch(address!)).text()).matchAll(/<loc>(.+?)<\/loc>/g)].map(([, url]) => url!);
    const paths = ['', '/docs', '/suites/core-1', '/attacks/badnets', `/submissions/${pages.staged.scored}`];
    expect(listed).toEqual(expect.arrayContaining(paths.map((path) => pages.site.origin + path)));
    expect(listed).not.toContain(`${pages.site.origin}/submissions/${pages.staged.withdrawn}`);
    for (const url of listed) {
      const answer = await fetch(url);
      expect([url, answer.status]).toEqual([url, 200]);
      expect(await answer.text()).not.toContain('name="robots" content="noindex"');
    }
  });

  it.each(['..%2f..%2fchores.secret', '%2e%2e/%2e%2e/chores.secret', '..%5c..%5cchores.secret', 'manifest.json%00'])(
    'serve no file but the suite’s: %s',
    async (path) => {
      const answer = await fetch(`${pages.site.origin}/api/v1/suites/smoke-1/files/${path}`);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(await answer.text()).not.toContain(pages.site.secret);
    },
  );

  it('refuse an address that is not in UTF-8 and a method that nobody asks with, pages and endpoints', async () => {
    const statusOf = (path: string, method: string) =>
      new Promise((done, failed) => {
        const asked = request(pages.site.origin + path, { method }, (answer) => done(answer.resume().statusCode));
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
      const answer = await fetch(pages.site.origin + path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(await answer.text()).toContain('There is nothing here');
    }
  });
});
