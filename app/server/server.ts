import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import next from 'next';
import { namesTag } from '../../lib/contract/etag.ts';
import { type Answer, BoardCache } from './board-cache.ts';
import { boardViewOf } from './board-view.ts';
import { forwardedFor } from './caller-address.ts';
import { ownSite } from './own-site.ts';

/**
 * The site as `npm start` runs it: Next's own server behind a cache of the board. Arguments: the site's address, and
 * the host and port to listen on. `next start`, and hosts that run pages by themselves, serve the same without a cache.
 */
const [address, host, port] = process.argv.slice(2);
if (!address || !host || !port) throw new RangeError('want the address of the site, a host and a port');
const origin = new URL(address);
const loopback: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
const { source, isOwn } = ownSite(origin, { host: loopback[host] ?? host, port: Number(port) });
const cache = new BoardCache(source);
const site = next({ dev: false, hostname: host, port: Number(port) });
await site.prepare();
const handle = site.getRequestHandler();

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']);

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '', headers, socket } = request;
  headers['x-forwarded-for'] = forwardedFor(headers['x-forwarded-for']?.toString(), socket.remoteAddress ?? 'unknown');
  if (!methods.has(method)) {
    response.setHeader('allow', [...methods].join(', '));
    return refuse(response, 405, 'Method not allowed');
  }
  if (!isDecodable(url)) return refuse(response, 400, 'The address is not in UTF-8');
  if (method !== 'GET' && method !== 'HEAD')
    for (const moment of ['prefinish', 'close']) response.on(moment, () => cache.written()); // a GET changes nothing
  const view = isOwn(request.headers) ? null : boardViewOf(request, origin.host);
  const answer = view && (await cache.answer(view).catch(() => null));
  return answer ? send(request, response, answer) : handle(request, response);
}

function send({ method, headers }: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (namesTag(headers['if-none-match'] ?? null, answer.etag)) {
    const { 'content-encoding': _, 'content-type': __, ...rest } = answer.headers;
    response.writeHead(304, rest).end();
    return;
  }
  response.writeHead(200, { ...answer.headers, 'content-length': answer.body.length });
  response.end(method === 'HEAD' ? undefined : answer.body);
}

function refuse(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${words}.\n`);
}

function isDecodable(url: string): boolean {
  try {
    decodeURI(url.split('?')[0]!);
    return true;
  } catch {
    return false;
  }
}

const server = createServer((request, response) => {
  respond(request, response).catch((error: Error) => {
    console.error(error);
    if (!response.headersSent) refuse(response, 500, 'Something went wrong on our side');
  });
});
server.listen(Number(port), host);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0));
