import { mkdtempSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { antidote } from '../../support/command-line.ts';
import { serve } from '../../support/http-server.ts';

type Answer = (response: ServerResponse) => unknown;
const json = (status: number, body: object) => (response: ServerResponse) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const problem = (error: string) => json(400, { error, error_description: 'No.' });
const away = (status: number) => json(status, { code: 'unavailable', title: 'Not now', detail: 'Not now.' });
const approved = json(200, {
  access_token: `ant_${'a'.repeat(43)}`,
  token_type: 'Bearer',
  scope: 'read',
  expires_in: 60,
  user: 'Ada',
});

/** `login` by the device flow, at a site that answers so when it is asked for the token. */
async function loggedIn(answers: readonly Answer[]) {
  let asked = 0;
  const site = await serve((request, response) => {
    if (request.url!.endsWith('/token')) return answers[asked++]!(response);
    const device = { device_code: 'code', user_code: 'ABCD-EFGH', expires_in: 60, interval: 0 };
    const address = `${site.origin}/device`;
    return json(200, { ...device, verification_uri: address, verification_uri_complete: address })(response);
  });
  const XDG_CONFIG_HOME = mkdtempSync(join(tmpdir(), 'antidote-login-'));
  const said = await antidote(['login'], { ANTIDOTE_URL: site.origin, XDG_CONFIG_HOME });
  site.close();
  return { ...said, left: answers.length - asked };
}

it('waits for its approval over a site that starts anew or is busy', async () => {
  const pending = problem('authorization_pending');
  const { code, out, left } = await loggedIn([pending, away(503), away(502), away(429), pending, approved]);
  expect([code, left, out]).toEqual([0, 0, expect.stringContaining('as Ada')]);
});

it.each([
  ['expired_token', 2, /The code has run out/],
  ['access_denied', 2, /denied in the browser/],
] as const)('ends where the site says %s', async (error, exit, words) => {
  const { code, err } = await loggedIn([problem(error)]);
  expect([code, err]).toEqual([exit, expect.stringMatching(words)]);
});

it('says what the site said where that is something else', async () => {
  const { code, err } = await loggedIn([json(404, { code: 'not-found', title: 'Not found', detail: 'No such page.' })]);
  expect([code, err]).toEqual([2, expect.stringContaining('No such page.')]);
  expect(err).not.toMatch(/run out/);
});
