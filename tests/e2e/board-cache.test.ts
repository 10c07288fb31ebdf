import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectTo } from '../../lib/db/client.ts';
import { openBrowser } from '../support/browser.ts';
import { fillBoard } from '../support/filled-board.ts';
import { PageSite } from '../support/page-site.ts';

const rows = 12;
let site: PageSite;
let browser: Browser;
beforeAll(async () => {
  site = await PageSite.start({}, async (folder) => {
    const { db, close } = await connectTo({ driver: 'pglite', folder });
    await fillBoard(db, rows);
    await close();
  });
  browser = await openBrowser();
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

it('the board from the cache runs its scripts in a browser, and its policy stops nothing of ours', async () => {
  for (const path of ['/', '/suites/core-1']) {
    const page = await browser.newPage();
    const said: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) said.push(message.text());
    });
    page.on('pageerror', (error) => said.push(error.message));
    const response = await page.goto(site.origin + path, { waitUntil: 'networkidle' });
    expect(response!.headers()['content-security-policy']).toMatch(/script-src \S+\/_next\/static\/ .*'sha256-/);
    expect(response!.headers()['content-security-policy']!.length).toBeLessThan(6_000);
    // A link that Next's router takes over changes the page without loading it anew.
    await page.evaluate(() => document.documentElement.setAttribute('data-same-document', ''));
    await page.locator('header a[href="/attacks"]').first().click();
    await page.waitForURL(`${site.origin}/attacks`);
    expect(await page.locator('html[data-same-document]').count()).toBe(1);
    expect(said).toEqual([]);
    await page.close();
  }
});

it('a body that a browser has is answered by 304, and one with a session is rendered and never kept', async () => {
  const ask = (headers: Record<string, string> = {}) => fetch(`${site.origin}/suites/core-1`, { headers });
  const etag = (await ask()).headers.get('etag')!;
  expect((await ask({ 'if-none-match': etag })).status).toBe(304);
  const own = await ask({ 'if-none-match': etag, cookie: 'next-auth.session-token=x' });
  expect([own.status, own.headers.get('content-security-policy')]).toEqual([200, expect.stringContaining("'nonce-")]);
  const dark = await ask({ cookie: 'theme=dark' });
  expect(await dark.text()).toContain('data-theme="dark"');
  expect(await (await ask()).text()).toContain('data-theme="system"');
});

it('the letters are asked for with the page, kept or not: no line moves when they come', async () => {
  for (const cookie of ['', 'next-auth.session-token=x']) {
    const { headers } = await fetch(`${site.origin}/suites/core-1`, { headers: { cookie } });
    const link = headers.get('link')!;
    expect(link.match(/[a-z-]+-latin-wght-normal\.[^>]+>; rel=preload; as="font"/g)).toHaveLength(1);
    if (!cookie) expect(link).not.toContain('nonce');
  }
});

it('a row is sent once in a document, and stands there again when the router comes back to it', async () => {
  const signedIn = { cookie: 'next-auth.session-token=x' };
  const times = async (headers: Record<string, string>) =>
    (await (await fetch(`${site.origin}/suites/core-1`, { headers })).text()).split('Compare Made to measure 7')
      .length - 1;
  expect(await times({})).toBe(1); // from the cache
  expect(await times({ ...signedIn, accept: 'text/html,*/*;q=0.8' })).toBe(1);
  expect(await times({ ...signedIn, accept: '*/*' })).toBe(2); // it may be the router, which needs the text
  const page = await browser.newPage();
  const told = () => page.locator('table.board tbody tr').count();
  await page.goto(`${site.origin}/suites/core-1`, { waitUntil: 'networkidle' });
  expect(await told()).toBe(rows);
  await page.evaluate(() => document.documentElement.setAttribute('data-same-document', ''));
  await page.locator('header a[href="/attacks"]').first().click();
  await page.waitForURL(`${site.origin}/attacks`);
  await page.goBack();
  await page.locator('table.board').waitFor();
  await expect.poll(told).toBe(rows);
  await page.locator('table.board thead a').nth(1).click(); // another order, which the router asks for
  await page.waitForURL(/direction=asc/);
  await expect.poll(told).toBe(rows);
  expect(await page.locator('html[data-same-document]').count()).toBe(1);
  await page.close();
});
