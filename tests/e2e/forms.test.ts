import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import type { Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectDir } from '../../runner/host/dist.ts';
import { requires } from '../support/requires.ts';
import { StagedPages } from '../support/staged-pages.ts';

/** The forms of the built pages in a real browser, with JavaScript and without. */
describe.runIf(requires('chromium'))('the forms', () => {
  let pages: StagedPages;
  beforeAll(async () => {
    pages = await StagedPages.start();
  }, 600_000);
  afterAll(() => pages?.stop());

  it('sign in once by a link and out for good, without JavaScript; opening the link changes nothing', async () => {
    const link = await pages.staged.link();
    const { page, close } = await pages.open({ javaScriptEnabled: false });
    await page.goto(link);
    await page.goto(link);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'Local researcher' }).waitFor();
    const [session] = (await page.context().cookies()).filter(({ name }) => name.includes('session-token'));
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
    await page.goto(link);
    await page.getByText('This link was used before').waitFor();
    await page.goto(`${pages.site.origin}/account`);
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor();
    await page.context().addCookies([session!]); // a copy of it
    await page.goto(`${pages.site.origin}/account`);
    await page.waitForURL(`${pages.site.origin}/sign-in`);
    await close();
  });

  it('keep what was typed when a module is refused, and submit it when it is mended, without JavaScript', async () => {
    const { page, close } = await pages.open({ javaScriptEnabled: false }, true);
    await page.goto(`${pages.site.origin}/submissions/new`);
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

  describe('that do not come to their action', () => {
    const large = `// ${'x'.repeat(1_200_000)}\n`;

    it.each([
      ['the site can’t be reached', (route: Route) => route.abort(), 'The site can’t be reached.'],
      [
        'too many people ask',
        (route: Route) => route.fulfill({ status: 503, contentType: 'text/plain', body: 'Too many people ask.\n' }),
        'Too many people ask. What you filled in is still here.',
      ],
      [
        'what answers is no site of ours',
        (route: Route) => route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' }),
        'The site’s answer can’t be read.',
      ],
    ])('stay as they were filled in, and can be sent again: %s', async (_, answer, words) => {
      const { page, close } = await pages.open({}, true);
      await page.goto(`${pages.site.origin}/submissions/new?from=filter`);
      await page.getByLabel('Name on the board').fill('Typed with care');
      await page.getByLabel('Description').fill('What it does.');
      await page.getByLabel('It needs clean data').check();
      const code = await page.getByLabel('Module', { exact: true }).inputValue();
      await page.route('**/submissions/new*', (route) =>
        route.request().method() === 'POST' ? answer(route) : route.continue(),
      );
      await page.getByRole('button', { name: 'Submit' }).click();
      await page.getByRole('alert').getByText(words).waitFor();
      expect(await page.getByLabel('Name on the board').inputValue()).toBe('Typed with care');
      expect(await page.getByLabel('Description').inputValue()).toBe('What it does.');
      expect(await page.getByLabel('It needs clean data').isChecked()).toBe(true);
      expect(await page.getByLabel('Module', { exact: true }).inputValue()).toBe(code);
      await page.unroute('**/submissions/new*');
      await page.getByLabel('Module', { exact: true }).fill('export default { filter( { } };');
      await page.getByRole('button', { name: 'Submit' }).click();
      await page.getByRole('alert').getByText('not valid JavaScript').waitFor();
      expect(await page.getByLabel('Name on the board').inputValue()).toBe('Typed with care');
      await close();
    });

    it('tell of a form that is too large, and of a page from before an update', async () => {
      const { page, close } = await pages.open({}, true);
      await page.goto(`${pages.site.origin}/account`);
      const name = page.getByLabel('Name of a new token');
      const alert = page.getByRole('alert');
      await name.evaluate((field: HTMLInputElement, text) => {
        field.maxLength = text.length;
        field.value = text;
      }, large);
      await page.getByRole('button', { name: 'Make a token' }).click();
      await alert.getByText('A form has at most 1,048,576 bytes, files included.').waitFor();
      await name.fill('For CI');
      const later = (route: Route) => {
        const headers = route.request().headers();
        const gone = headers['next-action']?.slice(0, 2) + '0'.repeat(40); // takes as much as the one of today
        return route.continue({ headers: { ...headers, 'next-action': gone } });
      };
      await page.route('**/account', later);
      await page.getByRole('button', { name: 'Make a token' }).click();
      await alert.getByText('The site was updated after this page was loaded').waitFor();
      expect(await name.inputValue()).toBe('For CI');
      await close();
    });

    it('say before they are sent that a file is too large, and leave it out, also one that was chosen before their program ran', async () => {
      const { page, close } = await pages.open({}, true);
      let release = () => {};
      const released = new Promise<void>((done) => {
        release = done;
      });
      await page.route('**/_next/static/**', async (route) => {
        await released;
        await route.continue();
      });
      await page.goto(`${pages.site.origin}/submissions/new`, { waitUntil: 'commit' });
      const file = page.locator('input[type=file]');
      await file.setInputFiles({ name: 'd.mjs', mimeType: 'text/javascript', buffer: Buffer.from(large) });
      release();
      await page.locator('#verdict').getByText('at most 262,144 are allowed').waitFor();
      expect(await file.inputValue()).toBe('');
      await file.setInputFiles({ name: 'd.mjs', mimeType: 'text/javascript', buffer: Buffer.from([47, 47, 32, 0xe9]) });
      await page.locator('#verdict').getByText('not in UTF-8').waitFor();
      expect(await file.inputValue()).toBe('');
      await close();
    });

    it('take a chosen file without JavaScript, also where the text field has the last one', async () => {
      const { page, close } = await pages.open({ javaScriptEnabled: false }, true);
      await page.goto(`${pages.site.origin}/submissions/new?from=filter`);
      await page.getByLabel('Name on the board').fill('By file');
      const choose = (text: string) =>
        page
          .locator('input[type=file]')
          .setInputFiles({ name: 'd.mjs', mimeType: 'text/javascript', buffer: Buffer.from(text) });
      await choose('export default { filter( };\n');
      await page.getByRole('button', { name: 'Submit' }).click();
      await page.getByRole('alert').getByText('not valid JavaScript').waitFor();
      await choose("import 'node:os';\nexport default { filter: () => null };\n");
      await page.getByRole('button', { name: 'Submit' }).click();
      await page.getByRole('alert').getByText("imports 'node:os'").waitFor();
      await close();
    });

    it('lead back to themselves without JavaScript', async () => {
      const { page, close } = await pages.open({ javaScriptEnabled: false }, true);
      await page.goto(`${pages.site.origin}/submissions/new`);
      await page.getByLabel('Name on the board').fill('Typed with care');
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'd.mjs', mimeType: 'text/javascript', buffer: Buffer.from(large) });
      await page.getByRole('button', { name: 'Submit' }).click();
      await page.getByRole('heading', { name: 'The form was not taken' }).waitFor();
      await page.getByText('A form has at most 1,048,576 bytes').waitFor();
      await page.goBack();
      expect(await page.getByLabel('Name on the board').inputValue()).toBe('Typed with care');
      await close();
    });
  });

  it('check a module as it is typed, and keep it when the server refuses', async () => {
    const { page, complaints, close } = await pages.open({}, true);
    await page.goto(`${pages.site.origin}/submissions/new?from=train`);
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
    const { page, close } = await pages.open({}, true);
    const asked = page.waitForResponse((answer) => answer.url().includes(`/api/v1/submissions/${pages.staged.queued}`));
    await page.goto(`${pages.site.origin}/submissions/${pages.staged.queued}`);
    await page.getByText('Waiting in the queue').waitFor();
    await asked;
    await pages.staged.finishQueue();
    await page.getByText('Attacked rows right').first().waitFor();
    await close();
  });

  it('show what strangers wrote as text', async () => {
    const { page, complaints, close } = await pages.open({}, true);
    await page.goto(`${pages.site.origin}/submissions/${pages.staged.scored}`);
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
    const stranger = await (await fetch(`${pages.site.origin}/submissions/${pages.staged.scored}`)).text();
    expect(stranger).not.toContain('epoch 1 of 3');
    expect(stranger).not.toContain('Withdraw this submission');
    const { page, close } = await pages.open({ javaScriptEnabled: false }, true);
    await page.goto(`${pages.site.origin}/submissions/${pages.staged.failed}`);
    await page.getByText('Withdraw this submission').click();
    await page.getByLabel('Reason').fill('A mistake in the loss.');
    await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
    await page.getByText('Tick the box first').waitFor();
    expect(await page.getByLabel('Reason').inputValue()).toBe('A mistake in the loss.');
    await close();
  });

  describe.each([true, false])('of an account, with JavaScript: %s', (javaScriptEnabled) => {
    it('keep what was chosen for a token that is refused, so that the next try makes none for more', async () => {
      const { page, complaints, close } = await pages.open({ javaScriptEnabled }, true);
      await page.goto(`${pages.site.origin}/account`);
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
      const { page, close } = await pages.open({ javaScriptEnabled }, true);
      await page.goto(`${pages.site.origin}/account`);
      const form = page.locator('form', { has: page.getByRole('button', { name: 'Save' }) });
      await form.getByRole('textbox').fill('Antidote');
      await form.getByRole('button').click();
      await form.getByRole('alert').waitFor();
      expect(await form.getByRole('textbox').inputValue()).toBe('Antidote');
      await close();
    });

    it('tell somebody who signed out elsewhere, whichever button is pressed', async () => {
      for (const button of ['Make a token', 'Save', 'Delete my account', 'Sign out everywhere']) {
        const { page, complaints, close } = await pages.open({ javaScriptEnabled }, true);
        await page.goto(`${pages.site.origin}/account`);
        await page.getByLabel('Name of a new token').fill('For CI');
        await page.getByLabel('I am sure').check();
        await page.context().clearCookies();
        await page.getByRole('button', { name: button, exact: true }).click();
        await page.waitForURL(`${pages.site.origin}/sign-in`);
        await close();
        expect(complaints).toEqual([]);
      }
    });
  });

  it('answer 400 to a call of an action that none of their forms makes', async () => {
    const cookie = (await pages.signedIn.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const manifest = JSON.parse(readFileSync(join(projectDir, '.next/server/server-reference-manifest.json'), 'utf8'));
    const ids: string[] = Object.keys(manifest.node);
    expect(ids.length).toBeGreaterThan(10);
    const statusOf = async (id: string, body: FormData | string) =>
      (
        await fetch(`${pages.site.origin}/account`, {
          method: 'POST',
          headers: { cookie, origin: pages.site.origin, 'next-action': id },
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
    expect((await fetch(`${pages.site.origin}/_global-error`)).status).toBe(404);
  });

  it('approve a device that the person recognises', async () => {
    const device = (await (
      await fetch(`${pages.site.origin}/api/v1/device`, {
        method: 'POST',
        body: new URLSearchParams({ scope: 'submit' }),
      })
    ).json()) as Record<string, string>;
    const { page, close } = await pages.open({ javaScriptEnabled: false }, true);
    await page.goto(device.verification_uri_complete!);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('submit and withdraw defenses in your name').waitFor();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Approved.').waitFor();
    const body = new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: device.device_code!,
    });
    expect(
      await (await fetch(`${pages.site.origin}/api/v1/device/token`, { method: 'POST', body })).json(),
    ).toMatchObject({
      token_type: 'Bearer',
      scope: 'submit',
      user: 'Local researcher',
    });
    await close();
  });

  it('make and revoke a token, without JavaScript', async () => {
    const { page, close } = await pages.open({ javaScriptEnabled: false }, true);
    await page.goto(`${pages.site.origin}/account`);
    await page.getByLabel('Name of a new token').fill('For CI');
    await page.getByRole('button', { name: 'Make a token' }).click();
    const token = (await page.getByRole('region', { name: 'The new token' }).textContent())?.trim();
    const own = () =>
      fetch(`${pages.site.origin}/api/v1/submissions`, { headers: { authorization: `Bearer ${token}` } });
    expect((await own()).status).toBe(200);
    await page.getByRole('button', { name: 'Revoke the token For CI' }).click();
    await page.getByRole('button', { name: 'Revoke the token For CI' }).waitFor({ state: 'detached' });
    expect((await own()).status).toBe(401);
    await close();
  });

  it('end a person’s sessions in all browsers by one button, without JavaScript, and keep the tokens', async () => {
    const [here, there] = [await pages.open({ javaScriptEnabled: false }), await pages.open()];
    for (const { page } of [here, there]) await pages.signInOn(page);
    const account = `${pages.site.origin}/account`;
    const kept = await there.page.context().cookies();
    await here.page.goto(account);
    await here.page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await here.page.waitForURL(`${pages.site.origin}/sign-in`);
    expect((await there.page.goto(`${pages.site.origin}/api/auth/session`))?.status()).toBe(404); // next-auth would renew its cookie there
    await there.page.goto(account);
    await there.page.waitForURL(`${pages.site.origin}/sign-in`);
    await there.page.context().addCookies(kept);
    await there.page.goto(account);
    await there.page.waitForURL(`${pages.site.origin}/sign-in`);
    const headers = { authorization: `Bearer ${pages.staged.token}` };
    expect((await fetch(`${pages.site.origin}/api/v1/submissions`, { headers })).status).toBe(200);
    await Promise.all([here.close(), there.close()]);
    await pages.signInOn(await pages.signedIn.newPage()); // for the tests that follow
  });

  it('take what the site’s own pages send, whatever a proxy or a browser did to the names in it', async () => {
    const { origin } = pages.site;
    const html = await (await fetch(`${origin}/docs`)).text();
    const action = html.match(/name="(\$ACTION_ID_[0-9a-f]+)"/)![1]!; // the choice of a theme
    const statusOf = async (headers: Record<string, string>) => {
      const form = new FormData();
      form.set(action, '');
      form.set('theme', 'dark');
      const sent = new Request(`${origin}/docs`, { method: 'POST', body: form });
      const { port } = new URL(origin);
      return new Promise<number>((done, failed) => {
        const type = sent.headers.get('content-type')!;
        const asked = request({
          port,
          path: '/docs',
          method: 'POST',
          headers: { 'content-type': type, ...headers },
        });
        asked.on('response', (answer) => done(answer.resume().statusCode!)).on('error', failed);
        sent.arrayBuffer().then((body) => asked.end(new Uint8Array(body)), failed);
      });
    };
    const own = { host: new URL(origin).host, origin };
    for (const headers of [
      own,
      { ...own, origin: origin.replace('localhost', '127.0.0.1') },
      { ...own, host: 'behind.example' },
      { ...own, 'x-forwarded-host': 'elsewhere.example' },
      { ...own, origin: 'null', 'sec-fetch-site': 'same-origin' },
    ])
      expect([headers, await statusOf(headers)]).toEqual([headers, 200]);
    expect(await statusOf({ ...own, origin: 'null' })).toBe(403);
  });

  it('refuse what a page of somebody else sends with the visitor’s cookie', async () => {
    const cookie = (await pages.signedIn.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const body = JSON.stringify({ name: 'x', suite: 'smoke-1', code: 'export default { filter() {} };', card: {} });
    const send = (origin: string) =>
      fetch(`${pages.site.origin}/api/v1/submissions`, {
        method: 'POST',
        headers: { cookie, origin, 'content-type': 'application/json' },
        body,
      });
    expect((await send('https://evil.example')).status).toBe(403);
    const html = await (await fetch(`${pages.site.origin}/account`, { headers: { cookie } })).text();
    const action = html.match(/name="(\$ACTION_ID_[0-9a-f]+)"/)![1]!;
    const form = new FormData();
    form.set(action, '');
    const forged = await fetch(`${pages.site.origin}/account`, {
      method: 'POST',
      headers: { cookie, origin: 'https://evil.example' },
      body: form,
      redirect: 'manual',
    });
    expect(forged.status).toBeGreaterThanOrEqual(400);
    expect((await fetch(`${pages.site.origin}/account`, { headers: { cookie }, redirect: 'manual' })).status).toBe(200);
  });
});
