import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import next from 'next';
import { allowedMethods } from '../../lib/api/allowed-methods.ts';
import { clientAddress } from '../../lib/client-address.ts';
import { namesTag } from '../../lib/contract/etag.ts';
import { pageMethods, pageRefusal } from '../../lib/page-request.ts';
import { refusalAnswer } from '../../lib/plain-page.ts';
import { type Answer, BoardCache } from './board-cache.ts';
import { boardViewOf } from './board-view.ts';
import { forwardedFor } from './caller-address.ts';
import { withKnownLength } from './known-length.ts';
import { withOwnPages } from './own-pages.ts';
import { ownSite } from './own-site.ts';
import { addressDefect, isFile, isUrgent, mostConnections, mostUnanswered, timeLimits } from './request-limits.ts';
import { routerStateDefect } from './router-state.ts';
import { whenStalled } from './stalled.ts';
import { Turns } from './turns.ts';

/**
 * The site as `npm start` runs it: Next's own server behind a cache of the board. Arguments: the site's address, and
 * the host and port to listen on. `next start`, and hosts that run pages by themselves, serve the same without a cache,
 * and name no methods where an endpoint does not take one.
 */
const [address, host, port] = process.argv.slice(2);
if (!address || !host || !port) throw new RangeError('want the address of the site, a host and a port');
const origin = new URL(address);
const loopback: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
const { source, isOwn } = ownSite(origin, { host: loopback[host] ?? host, port: Number(port) });
/**
 * Next would take over connections that ask for another protocol, and hold them without a limit of time. It is shown a
 * server that never listens. The real one then answers such a request as any other.
 */
const noUpgrades = createServer();
const site = next({ dev: false, hostname: host, port: Number(port), httpServer: noUpgrades });
await site.prepare();
const handle = site.getRequestHandler();

/** A stranger who asks for the health check without end, or for a lease, has a few answers at once and no more. */
const urgent = new Turns({ atOnce: 256, each: 16, waiting: 512, eachWaiting: 64, patienceMs: 10_000, holdMs: 60_000 });
const turns = new Turns({ atOnce: 6, each: 4, waiting: 256, eachWaiting: 32, patienceMs: 10_000, holdMs: 10_000 });
const cache = new BoardCache({ ...source, turn: (who) => turns.take(who) });

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'];

/** Its headers, as lib reads them. */
const askedOf = ({ headers }: IncomingMessage) => ({ get: (name: string) => headers[name]?.toString() ?? null });

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '', headers, socket } = request;
  headers['x-forwarded-for'] = forwardedFor(headers['x-forwarded-for']?.toString(), socket.remoteAddress ?? 'unknown');
  const asked = askedOf(request);
  const who = clientAddress(asked);
  const takes = allowedMethods(url) ?? methods;
  if (!takes.includes(method)) {
    response.setHeader('allow', takes.join(', '));
    return refuse(request, response, 405, `It takes ${takes.join(', ')}`);
  }
  const defect =
    addressDefect(url, request.headersDistinct.host ?? []) ?? routerStateDefect(asked.get('next-router-state-tree'));
  if (defect) return refuse(request, response, 400, defect);
  const refusal = url.startsWith('/api/') ? null : pageRefusal({ method, headers: asked });
  if (refusal?.status === 405) response.setHeader('allow', pageMethods.join(', '));
  if (refusal) return refuse(request, response, refusal.status, refusal.words);
  if (method === 'OPTIONS' && !url.startsWith('/api/')) return takesOf(response, pageMethods);
  if (method !== 'GET' && method !== 'HEAD')
    for (const moment of ['prefinish', 'close']) response.on(moment, () => cache.written(who)); // a GET changes nothing
  const own = isOwn(headers);
  const view = own ? null : boardViewOf(request, origin.host);
  const answer = view && (await cache.answer(view, who).catch(() => null));
  if (answer) return send(request, response, answer);
  withKnownLength(response);
  if (!url.startsWith('/api/')) withOwnPages(response, request); // the API says so itself
  if (own || isFile(url)) return handle(request, response); // its own: the caller has waited, or it is one of few views
  const turn = await (isUrgent(url) ? urgent : turns).take(who);
  if (!turn) return refuse(request, response, 503, 'Too many people ask at this moment; try again in five seconds');
  if (response.destroyed) return turn(); // it left while it waited
  for (const moment of ['finish', 'close']) response.on(moment, turn);
  whenStalled(request, response, turn);
  return handle(request, response);
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

/** What may be asked of an address, and nothing else. */
function takesOf(response: ServerResponse, methods: readonly string[]): void {
  response.writeHead(204, { allow: methods.join(', ') }).end();
}

const codes: Record<number, string> = { 400: 'bad-request', 405: 'bad-request', 503: 'unavailable', 500: 'our-fault' };

/** As a problem (RFC 9457) where a program asks. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number, words: string): void {
  if (status === 503) response.setHeader('retry-after', '5');
  if (!request.url?.startsWith('/api/')) {
    const { headers, body } = refusalAnswer(words, askedOf(request));
    response.writeHead(status, headers).end(body);
    return;
  }
  response.writeHead(status, { 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  const [title] = words.split(';');
  response.end(JSON.stringify({ code: codes[status], title, detail: `${words}.` }));
}

/** Requests of a connection that wait for their answers. */
const unanswered = new WeakMap<Socket, number>();

/** Counts the request, and ends a connection that has sent too many ahead. */
function isTooMany({ socket }: IncomingMessage, response: ServerResponse): boolean {
  const count = (by: number) => {
    const now = (unanswered.get(socket) ?? 0) + by;
    unanswered.set(socket, now);
    return now;
  };
  response.setMaxListeners(20); // Next alone has ten
  response.once('close', () => count(-1));
  if (count(1) <= mostUnanswered) return false;
  socket.destroy();
  return true;
}

const server = createServer(timeLimits, (request, response) => {
  if (isTooMany(request, response)) return;
  respond(request, response).catch((error: Error) => {
    console.error(error);
    if (!response.headersSent) refuse(request, response, 500, 'Something went wrong on our side');
  });
});
server.maxConnections = mostConnections;
/** The first visitor need not wait for the code of the pages to be loaded. An error is met again by whoever asks. */
const warmUp = () => cache.answer({ path: '/', theme: null }, 'nobody').catch(() => undefined);
server.listen(Number(port), host, warmUp);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0));
