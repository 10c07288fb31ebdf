import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectDir } from '../../runner/host/dist.ts';
import { dataPath } from '../../runner/host/places.ts';
import { openBrowser } from '../support/browser.ts';
import { PageSite } from '../support/page-site.ts';
import { requires } from '../support/requires.ts';
import { type Staged, stage } from '../support/stage.ts';
import { type Told, tellSnapshots, tellStories } from '../support/stories.ts';

/**
 * Pictures of every page and every state, in both themes and two widths. Look at them: nothing here judges how it
 * looks.
 */
const folder = join(projectDir, 'tests/.out/stories');
const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [1280, 390].map((width) => ({ colorScheme, width })),
);

const always = {
  board: '/suites/core-1',
  front: '/',
  attacks: '/attacks',
  attack: '/attacks/target-insertion',
  'attack-backdoor': '/attacks/badnets',
  docs: '/docs',
  'docs-write': '/docs/write',
  'docs-score': '/docs/score',
  findings: '/findings',
  integrity: '/integrity',
  paper: '/paper',
  runners: '/runners',
  seasons: '/seasons',
  data: '/suites/core-1/download',
  'not-found': '/nothing',
};

describe.runIf(requires('chromium'))('stories', { timeout: 1_800_000 }, () => {
  let browser: Browser;
  let empty: PageSite;
  let full: PageSite;
  let told: Told;
  let staged: Staged;
  let entry: string;
  beforeAll(async () => {
    browser = await openBrowser();
    mkdirSync(folder, { recursive: true });
    empty = await PageSite.start();
    full = await PageSite.start({}, async (data) => {
      told = await tellStories(data);
      symlinkSync(dataPath('suites'), join(data, 'suites'));
    });
    staged = await stage(full.origin, full.secret);
    const entries = await tellSnapshots(full.origin, full.secret);
    entry = entries['spectral-signatures']!;
  }, 1_800_000);
  afterAll(async () => {
    await browser?.close();
    await Promise.all([empty?.stop(), full?.stop()]);
  });

  async function photograph(site: PageSite, pages: Record<string, string>, signedIn = false): Promise<void> {
    for (const { colorScheme, width } of looks) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
      const page = await context.newPage();
      if (signedIn) {
        await page.goto(await staged.link());
        await page.getByRole('button', { name: 'Sign in' }).click();
        await page.waitForURL(`${site.origin}/`);
      }
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(site.origin + path);
        await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      }
      await context.close();
    }
  }

  it('of a site that is empty', async () => {
    await photograph(empty, {
      'empty-board': '/suites/smoke-1',
      'empty-runners': '/runners',
      'empty-seasons': '/seasons',
    });
  });

  it('of every state of a submission', async () => {
    const { scored, collapsed, failed, partial, running, queued, withdrawn, anonymous } = staged;
    const states = { scored, collapsed, failed, partial, running, queued, withdrawn, anonymous };
    const paths = Object.entries(states).map(([state, id]) => [state, `/submissions/${id}`]);
    const { stalled, disputed, closedSeason, openSeason } = told;
    await photograph(full, {
      ...Object.fromEntries(paths),
      entry,
      trials: `${entry.replace('?', '/trials?')}&scenario=badnets-mlp-128`,
      stalled,
      disputed,
      'closed-season': closedSeason,
      'open-season': openSeason,
      unranked: '/suites/smoke-1',
    });
  });

  it('of every page', async () => {
    await photograph(full, always);
  });

  it('of what only somebody who is signed in sees', async () => {
    await photograph(
      full,
      {
        submit: '/submissions/new?from=shape',
        own: `/submissions/${staged.anonymous}`,
        account: '/account',
        device: '/device',
        'organizer-runners': '/runners',
        'organizer-stalled': told.stalled,
      },
      true,
    );
  });

  it('an entry of 360 trials is at most 150 kB of HTML, and the findings 300 kB', async () => {
    const bytesOf = async (path: string) =>
      (await (await fetch(full.origin + path, { headers: { accept: 'text/html' } })).arrayBuffer()).byteLength;
    expect(await bytesOf(entry)).toBeLessThan(150_000);
    expect(await bytesOf('/findings')).toBeLessThan(300_000);
  });

  it('of a form whose answer has not come', async () => {
    for (const { colorScheme, width } of looks) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
      const page = await context.newPage();
      await page.goto(await staged.link());
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL(`${full.origin}/`);
      await page.goto(`${full.origin}/submissions/new?from=filter`);
      await page.getByLabel('Name on the board').fill('It waits');
      await page.route('**/submissions/new*', () => {}); // never answered
      await page.getByRole('button', { name: 'Submit', exact: true }).click();
      await page.getByText('Submitting …').waitFor();
      await page.screenshot({ path: join(folder, `loading-${width}-${colorScheme}.png`), fullPage: true });
      await context.close();
    }
    expect(looks).toHaveLength(4);
  });
});
