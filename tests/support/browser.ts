import { type Browser, chromium } from 'playwright-core';
import { chromiumPath } from '../../runner/doctor/system.ts';

/**
 * The machine's own Chromium; as root it runs without its sandbox, and never talks to anything but the pages it is
 * shown.
 */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath()!,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
    ],
  });
