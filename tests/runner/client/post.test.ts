import { afterEach, expect, it } from 'vitest';
import { textIn } from '../../../runner/client/http.ts';
import { post } from '../../../runner/client/post.ts';
import { NoAnswer } from '../../../runner/errors.ts';
import { eventually } from '../../support/eventually.ts';
import { freePort } from '../../support/free-port.ts';
import { serve } from '../../support/http-server.ts';

let close = () => {};
afterEach(() => close());
const sent = { headers: { 'content-type': 'application/json' }, body: '{"a":1}', advice: () => 'Look.' };

it('brings the answer, whatever its status', async () => {
  const server = await serve((_, response, body) => response.writeHead(409).end(`got ${body}`));
  close = server.close;
  const answer = await post(`${server.origin}/x`, { ...sent, limitMs: 60_000 });
  expect([answer.status, await answer.text()]).toEqual([409, 'got {"a":1}']);
});

it('is not sent again once it may have been read', async () => {
  let came = 0;
  const server = await serve((request) => {
    came++;
    request.socket.destroy();
  });
  close = server.close;
  await expect(post(server.origin, { ...sent, limitMs: 60_000 })).rejects.toThrow(
    /did not answer \(ECONNRESET\); it may have done what was asked all the same\.$/,
  );
  expect(came).toBe(1);
});

it('is sent again where nobody listened', async () => {
  const port = await freePort();
  let tries = 0;
  const headers = {
    get 'content-type'() {
      tries++;
      return 'application/json';
    },
  };
  const answer = post(`http://localhost:${port}`, { ...sent, headers, limitMs: 60_000 });
  await eventually(() => tries > 1);
  const server = await serve((_, response) => response.end('late'), port);
  close = server.close;
  expect(await (await answer).text()).toBe('late');
});

it('ends after its limit, and by its signal at once', async () => {
  let came = 0;
  const server = await serve(() => {
    came++;
  });
  close = server.close;
  await expect(post(server.origin, { ...sent, limitMs: 300 })).rejects.toThrow(NoAnswer);
  const before = came;
  const stop = new AbortController();
  const waiting = post(server.origin, { ...sent, limitMs: 60_000, signal: stop.signal });
  const ended = expect(waiting).rejects.toThrow('interrupted');
  await eventually(() => came > before);
  stop.abort(new Error('interrupted'));
  await ended;
  expect(came).toBe(before + 1);
});

it('takes an answer without a body, and tells of one that breaks off', async () => {
  const server = await serve((request, response) => {
    if (request.url === '/empty') return response.writeHead(204).end();
    response.writeHead(200, { 'content-length': 100 }).write('{');
    return response.socket?.end();
  });
  close = server.close;
  expect((await post(`${server.origin}/empty`, { ...sent, limitMs: 60_000 })).status).toBe(204);
  await expect(textIn(await post(server.origin, { ...sent, limitMs: 60_000 }))).rejects.toThrow(/broke off/);
});
