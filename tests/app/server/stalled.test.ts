import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { whenStalled } from '../../../app/server/stalled.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
  vi.useRealTimers();
});

/** What a server’s handler is given by a client that sends this text. */
async function asked(text: string): Promise<{ at: Parameters<Handler>; client: Socket }> {
  let given: (at: Parameters<Handler>) => void = () => {};
  const seen = new Promise<Parameters<Handler>>((done) => {
    given = done;
  });
  const server = createServer((...at) => given(at));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.on('error', () => {});
  ends.push(
    () => client.destroy(),
    () => server.close(),
  );
  client.write(text);
  const at = await seen;
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  return { at, client };
}
const post = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n';
const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';

it('a request whose body does not come is stalled, and said to be once', async () => {
  const { at } = await asked(`${post}12345`);
  const say = vi.fn();
  whenStalled(...at, say);
  vi.advanceTimersByTime(10_000);
  expect(say).toHaveBeenCalledTimes(1);
});

it('a request whose answer is not taken is stalled', async () => {
  const { at, client } = await asked(get);
  client.pause();
  const [, response] = at;
  const say = vi.fn();
  whenStalled(...at, say);
  while (response.write(Buffer.alloc(1_000_000)));
  vi.advanceTimersByTime(1000);
  expect(say).toHaveBeenCalledTimes(1);
});

it('a request that is worked on is not, however long that takes', async () => {
  const { at } = await asked(get);
  const say = vi.fn();
  whenStalled(...at, say);
  vi.advanceTimersByTime(60_000);
  expect(say).not.toHaveBeenCalled();
});
