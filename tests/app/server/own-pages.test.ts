import { afterAll, beforeAll, expect, it } from 'vitest';
import { withOwnPages } from '../../../app/server/own-pages.ts';
import { NotOpened } from '../../../lib/db/outage.ts';
import { serve } from '../../support/http-server.ts';

/** What Next does with a page that failed: some headers, the status, and its own words in pieces. */
let server: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  server = await serve((asked, response) => {
    withOwnPages(response, asked);
    if (asked.url === '/outdated') {
      response.statusCode = 409;
      response.setHeader('x-nextjs-action-not-found', '1');
      return response.end('Next’s!!');
    }
    if (asked.url !== '/bug') new NotOpened(new Error('connect ECONNREFUSED'));
    response.statusCode = asked.url === '/fine' ? 200 : 500;
    response.setHeader('content-length', '10');
    if (asked.url === '/flushed') response.flushHeaders();
    response.write('Next’s');
    response.end('!!');
  });
});
afterAll(() => server.close());

const ask = async (path: string, method = 'GET') => {
  const answer = await fetch(server.origin + path, { method });
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), text: await answer.text() };
};

it.each(['/outage', '/flushed'])(
  'a page that failed because of the database is 503, with a way on: %s',
  async (path) => {
    const { status, retryAfter, text } = await ask(path);
    expect([status, retryAfter]).toEqual([503, '5']);
    expect(text).toContain('href="/"');
    expect(text).not.toContain('Next’s');
  },
);

it('a HEAD of it has no body', async () =>
  expect(await ask('/outage', 'HEAD')).toMatchObject({ status: 503, text: '' }));

it('a page that failed by a fault of ours stays 500', async () =>
  expect(await ask('/bug')).toEqual({ status: 500, retryAfter: null, text: 'Next’s!!' }));

it('a page that did not fail goes out as it is', async () =>
  expect(await ask('/fine')).toMatchObject({ status: 200, text: 'Next’s!!' }));

it('a form of a build that is no more gets a page that says what to do; a call by a program keeps Next’s answer', async () => {
  const byForm = await fetch(`${server.origin}/outdated`, { method: 'POST' });
  expect([byForm.status, byForm.headers.get('content-type')]).toEqual([409, 'text/html; charset=utf-8']);
  expect(await byForm.text()).toContain('load the page again');
  const byProgram = await fetch(`${server.origin}/outdated`, { method: 'POST', headers: { 'next-action': '00' } });
  expect([byProgram.status, await byProgram.text()]).toEqual([409, 'Next’s!!']);
});
