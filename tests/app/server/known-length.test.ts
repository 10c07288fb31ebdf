import { once } from 'node:events';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withKnownLength } from '../../../app/server/known-length.ts';
import { lengthHeader } from '../../../lib/contract/length-header.ts';
import { serve } from '../../support/http-server.ts';

let server: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  server = await serve((asked, response) => {
    withKnownLength(response);
    if (asked.url === '/named') response.setHeader(lengthHeader, '5');
    if (asked.method === 'HEAD') response.end();
    else Readable.from(['he', 'llo']).pipe(response);
  });
});
afterAll(() => server.close());

async function ask(method: string, path: string) {
  const asked = request(server.origin + path, { method }).end();
  const [response] = await once(asked, 'response');
  const chunks: Buffer[] = await response.toArray();
  const { 'content-length': length, 'transfer-encoding': coding, [lengthHeader]: left } = response.headers;
  return [length, coding, left, Buffer.concat(chunks).toString()];
}

it('an answer that comes in pieces has the length that its handler names', async () =>
  expect(await ask('GET', '/named')).toEqual(['5', undefined, undefined, 'hello']));

it('a HEAD of it has the same length and no body', async () =>
  expect(await ask('HEAD', '/named')).toEqual(['5', undefined, undefined, '']));

it('an answer without one comes as it is', async () =>
  expect(await ask('GET', '/')).toEqual([undefined, 'chunked', undefined, 'hello']));
