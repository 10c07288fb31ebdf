import { afterAll, beforeAll, expect, it } from 'vitest';
import { withOutagePage } from '../../../app/server/outage-page.ts';
import { NotOpened } from '../../../lib/db/outage.ts';
import { serve } from '../../support/http-server.ts';

/** What Next does with a page that failed: some headers, the status, and its own words in pieces. */
let server: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  server = await serve((asked, response) => {
    withOutagePage(response, asked.method ?? '');
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
