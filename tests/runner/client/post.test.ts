import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { post } from '../../../runner/client/post.ts';
import { NoAnswer } from '../../../runner/errors.ts';
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
  const answer = post(`http://127.0.0.1:${port}`, { ...sent, limitMs: 60_000 });
  await pause(50);
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
  await expect(post(server.origin, { ...sent, limitMs: 100 })).rejects.toThrow(NoAnswer);
  const stop = new AbortController();
  const waiting = post(server.origin, { ...sent, limitMs: 60_000, signal: stop.signal });
  stop.abort(new Error('interrupted'));
  await expect(waiting).rejects.toThrow('interrupted');
  expect(came).toBeLessThanOrEqual(2);
});
