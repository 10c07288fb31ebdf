import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { PageSite } from './page-site.ts';
import { type Staged, stage } from './stage.ts';

type Opened = { readonly page: Page; readonly complaints: string[]; close(): Promise<void> };

/** The built pages in a real browser, with a row of every state on the board. */
export class StagedPages {
  private constructor(
    readonly site: PageSite,
    readonly browser: Browser,
    readonly staged: Staged,
    /** Of the local researcher. */
    readonly signedIn: BrowserContext,
  ) {}

  static async start(): Promise<StagedPages> {
    const [site, browser] = await Promise.all([PageSite.start(), openBrowser()]);
    const pages = new StagedPages(site, browser, await stage(site.origin, site.secret), await browser.newContext());
    await pages.signInOn(await pages.signedIn.newPage());
    return pages;
  }

  async signInOn(page: Page): Promise<void> {
    await page.goto(await this.staged.link());
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${this.site.origin}/`);
  }

  /**
   * A page in a context of its own that notes what the browser complains of: errors, refused scripts and styles, failed
   * requests.
   */
  async open(options: BrowserContextOptions = {}, signedIn = false): Promise<Opened> {
    const context = await this.browser.newContext({
      ...options,
      ...(signedIn && { storageState: await this.signedIn.storageState() }),
    });
    context.setDefaultTimeout(120_000); // against hanging, as in vitest.config.ts
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    return { page, complaints, close: () => context.close() };
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.site.stop();
  }
}
