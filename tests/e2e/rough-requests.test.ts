import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { PageSite } from '../support/page-site.ts';

let site: PageSite;
beforeAll(async () => {
  site = await PageSite.start();
}, 600_000);
afterAll(() => site?.stop());

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});
/** A connection on which so much was sent. */
async function sent(text: string): Promise<Socket> {
  const socket = connect(Number(new URL(site.origin).port), '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => {}); // the site may end it
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}
const statusOf = async (text: string) => {
  const socket = await sent(text);
  const [chunk] = await once(socket, 'data');
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(`${chunk}`)?.[1]);
};
const many = <T>(times: number, one: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: times }, (_, n) => one(n)));
/** Of a caller at another address. */
const get = (path: string, address: string) =>
  new Promise<{ status: number; retryAfter: string | undefined }>((done, failed) => {
    const headers = { 'x-forwarded-for': address };
    const asked = request(site.origin + path, { headers, agent: false }, (answer) => {
      const retryAfter = answer.headers['retry-after'];
      answer.resume().on('end', () => done({ status: answer.statusCode!, retryAfter }));
    });
    asked.on('error', failed).end();
  });

describe('a request that nobody sends by accident', () => {
  it.each([
    ['GET / HTTP/1.1\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nHost: a b\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nHost: [::1\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nHost: localhost/"><script>\r\n\r\n', 400],
    ['GET http://elsewhere.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
    ['GET /%ff HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
    ['GET /api/v1/suites/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
    [`GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    [`GET /?${'x'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 431],
    ['GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', 400],
    ['TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n', 405],
    ['GET / HTTP/1.1\r\nHost: localhost\r\nHost: elsewhere.example\r\n\r\n', 400],
    ['GET /_next/static/../../docs HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
    [`GET /docs?${'a=1&'.repeat(3900)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 400],
    ['GET /_next/image?url=%2Fboard.png&w=640&q=75 HTTP/1.1\r\nHost: localhost\r\n\r\n', 404],
    ['DELETE /docs HTTP/1.1\r\nHost: localhost\r\n\r\n', 405],
    ['POST /docs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n', 403],
    ['POST /docs HTTP/1.1\r\nHost: localhost\r\nOrigin: null\r\nNext-Action: zz\r\nContent-Length: 0\r\n\r\n', 403],
    ['POST /docs HTTP/1.1\r\nHost: localhost\r\nOrigin: nowhere\r\nContent-Length: 0\r\n\r\n', 403],
    ['POST /docs HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data\r\nContent-Length: 0\r\n\r\n', 400],
    ['POST /docs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n\r\n', 413],
  ])('is refused: %j is %d', async (text, status) => expect(await statusOf(text)).toBe(status));

  it.each(['', 'garbage', '--X\r\nContent-Dispo', '--X\r\nContent-Disposition: form-data; name="a"\r\n\r\nhalf'])(
    'is refused: the form %j is none, or breaks off',
    async (body) => {
      const head = `POST /device HTTP/1.1\r\nHost: localhost\r\nOrigin: ${site.origin}\r\n`;
      const type = `Content-Type: multipart/form-data; boundary=X\r\nContent-Length: ${body.length}\r\n\r\n`;
      expect(await statusOf(head + type + body)).toBe(400);
    },
  );

  it.each(['', 'boundary=', 'boundary=X;', 'charset=utf-8; boundary=X', 'boundary=;boundary=X', 'boundary="X"'])(
    'is refused: the type multipart/form-data; %s is read in several ways',
    async (parameters) => {
      const head = `POST /device HTTP/1.1\r\nHost: localhost\r\nOrigin: ${site.origin}\r\n`;
      for (const type of ['multipart/form-data', 'Multipart/Form-Data'])
        expect(await statusOf(`${head}Content-Type: ${type}; ${parameters}\r\nContent-Length: 0\r\n\r\n`)).toBe(400);
    },
  );

  it.each(['/icon.svg', '/iconX', '/favicon/x', '/_next/image', '/_next/imageX', '/nothing'])(
    'is refused: a broken form for %s, where no page of ours is',
    async (path) => {
      const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nOrigin: ${site.origin}\r\n`;
      const type = 'Content-Type: multipart/form-data; boundary=X\r\nContent-Length: 3\r\n\r\n--X';
      expect(await statusOf(head + type)).toBe(400);
    },
  );

  it.each(['/api/zzz', '/api/v1/zz', '/api/v1/suites/smoke-1/zz', '/api/chores/zz'])(
    'finds nothing at %s, by any method, and is told so as a problem',
    async (path) => {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        const form = { headers: { 'content-type': 'multipart/form-data' }, body: '--X' };
        const answer = await fetch(site.origin + path, { method, ...(method !== 'GET' && form) });
        expect([method, answer.status, answer.headers.get('content-type')]).toEqual([
          method,
          404,
          'application/problem+json',
        ]);
      }
    },
  );

  it('names what an address takes, where a method is not taken', async () => {
    for (const [method, path, allow] of [
      ['DELETE', '/api/v1/suites', 'GET, HEAD, OPTIONS'],
      ['GET', '/api/v1/device/token', 'POST, OPTIONS'],
      ['PUT', '/api/v1/submissions/x?y', 'GET, HEAD, OPTIONS'],
      ['PATCH', '/docs', 'GET, HEAD, POST, OPTIONS'],
    ] as const) {
      const answer = await fetch(site.origin + path, { method });
      expect([path, answer.status, answer.headers.get('allow')]).toEqual([path, 405, allow]);
      if (path.startsWith('/api/'))
        expect(await answer.json()).toEqual({
          code: 'bad-request',
          title: `It takes ${allow}`,
          detail: `It takes ${allow}.`,
        });
    }
  });

  it('asked what a page takes, it says so', async () => {
    for (const path of ['/', '/docs', '/seasons', '/nothing']) {
      const answer = await fetch(site.origin + path, { method: 'OPTIONS' });
      expect([path, answer.status, answer.headers.get('allow')]).toEqual([path, 204, 'GET, HEAD, POST, OPTIONS']);
    }
  });

  it('lets other sites show the pictures that stand for a link, and nothing else', async () => {
    for (const [path, policy] of [
      ['/opengraph-image', 'cross-origin'],
      ['/seasons/2027-12/opengraph-image', 'cross-origin'],
      ['/api/v1/submissions/x/badge.svg', 'cross-origin'],
      ['/', 'same-origin'],
      ['/api/v1/suites', 'same-origin'],
    ] as const) {
      const { headers } = await fetch(site.origin + path);
      expect([path, headers.get('cross-origin-resource-policy')]).toEqual([path, policy]);
    }
  });

  it.each(['{', '%', '[]', '[[[', '"x"', '%7B%7D', '[1]', '["",{"children":1}]', `["${'x'.repeat(50)}"`])(
    'is refused: %s is no place where the browser’s program could be',
    async (tree) => {
      for (const path of ['/docs', '/nothing'])
        for (const rsc of ['', 'RSC: 1\r\n']) {
          const head = `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${rsc}`;
          expect(await statusOf(`${head}Next-Router-State-Tree: ${tree}\r\n\r\n`)).toBe(400);
        }
    },
  );

  it.each(['/', '/_next/webpack-hmr'])(
    'by Upgrade: %s is answered as ever, and no connection is held',
    async (path) => {
      const wish = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13';
      expect(await statusOf(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n${wish}\r\n\r\n`)).toBe(
        path === '/' ? 200 : 404,
      );
    },
  );

  it('to next-auth’s POST, which would read a body of any size, is not taken', async () => {
    const post = (path: string) => fetch(`${site.origin}/api/auth/${path}`, { method: 'POST', body: '{' });
    for (const path of ['_log', 'signin/github', 'callback/credentials', 'signout', 'session'])
      expect((await post(path)).status).toBe(405);
  });
});

describe('a connection that sends requests ahead of their answers', () => {
  const request = 'GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n';

  it('gets sixteen of them answered', async () => {
    const socket = await sent(request.repeat(16));
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    await vi.waitFor(() => expect(text.split('HTTP/1.1 200')).toHaveLength(17), 10_000);
  });

  it('is ended where it sends more', async () => {
    const socket = await sent(request.repeat(200));
    await once(socket.resume(), 'close');
  });
});

describe('others are answered', () => {
  const pageAndHealth = async () => [
    (await get('/attacks', '192.0.2.1')).status,
    (await get('/api/v1/health', '192.0.2.1')).status,
  ];

  it('while many send the head of a request byte by byte', async () => {
    await many(300, () => sent('GET / HTTP/1.1\r\nHost: local'));
    expect(await pageAndHealth()).toEqual([200, 200]);
  });

  it('while somebody sends the bodies of many forms and endpoints byte by byte', async () => {
    const head = (path: string, more = '') =>
      `POST ${path} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 192.0.2.9\r\n${more}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 4000\r\n\r\nscope=`;
    await many(100, (n) =>
      sent(head(['/api/v1/device', '/account', '/sign-in/link'][n % 3]!, 'Origin: http://localhost\r\n')),
    );
    expect(await pageAndHealth()).toEqual([200, 200]);
  });

  it('while many keep a connection that they do not use', async () => {
    await many(200, () => sent('GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n'));
    expect(await pageAndHealth()).toEqual([200, 200]);
  });

  it('at once by the health check while a crowd asks for pages, and the crowd is answered or told when to come again', async () => {
    let over = false;
    const crowd = many(120, (n) => get('/attacks', `198.51.100.${n % 250}`)).finally(() => {
      over = true;
    });
    let checks = 0;
    for (; !over; checks++) expect((await get('/api/v1/health', '192.0.2.1')).status).toBe(200);
    for (const { status, retryAfter } of await crowd)
      expect([status, retryAfter]).toEqual(status === 200 ? [200, undefined] : [503, '5']);
    expect((await crowd).filter(({ status }) => status === 200).length).toBeGreaterThan(5);
    expect(checks).toBeGreaterThan(5);
  });
});
