import type { IncomingMessage, ServerResponse } from 'node:http';
import { formPage, plainPage } from '../../lib/plain-page.ts';

/** When the database was last found not to answer, in milliseconds since 1970; lib/db/outage.ts writes it. */
const shared = globalThis as { antidoteOutageAt?: number };

const outage = plainPage({
  title: 'Antidote does not answer at this moment',
  body: `<p>Its database cannot be reached. Nothing that was accepted is lost.</p>
<p>Load the page again in a few seconds, or go <a href="/">to the board</a>.
<a href="/api/v1/health">The health check</a> says when all is well.</p>`,
});
const outdated = formPage(
  'The site was updated after its page was loaded. Copy what you filled in, load the page again, and send it from there',
);

/**
 * Answers with a page of ours where Next has none: 503 with Retry-After where it says 500 because the database does not
 * answer, and a way on where a form without JavaScript is of a build that is no more.
 */
export function withOwnPages(response: ServerResponse, { method, headers }: IncomingMessage): void {
  const began = Date.now();
  const [write, end, writeHead, flush] = [response.write, response.end, response.writeHead, response.flushHeaders];
  let replaced = false;
  /** What is answered in place of this status; null where Next's own answer stands. */
  const ownFor = (status: number) => {
    if (status === 500 && (shared.antidoteOutageAt ?? 0) >= began)
      return { status: 503, body: outage.body, headers: { ...outage.headers, 'retry-after': '5' } };
    const byForm = headers['next-action'] === undefined && response.hasHeader('x-nextjs-action-not-found');
    return byForm ? { status, ...outdated } : null;
  };
  /** True where the answer is ours from now on. */
  const replaces = (status: number): boolean => {
    if (replaced) return true;
    const own = response.headersSent ? null : ownFor(status);
    if (!own) return false;
    replaced = true;
    for (const name of ['content-encoding', 'content-length', 'etag']) response.removeHeader(name);
    writeHead.call(response, own.status, own.headers);
    end.call(response, method === 'HEAD' ? '' : own.body, 'utf8');
    return true;
  };
  response.writeHead = function (this: ServerResponse, ...args: unknown[]) {
    return replaces(Number(args[0])) ? this : Reflect.apply(writeHead, this, args);
  };
  response.write = function (this: ServerResponse, ...args: unknown[]) {
    return replaces(this.statusCode) || Reflect.apply(write, this, args);
  };
  response.end = function (this: ServerResponse, ...args: unknown[]) {
    return replaces(this.statusCode) ? this : Reflect.apply(end, this, args);
  };
  response.flushHeaders = function (this: ServerResponse) {
    if (!replaces(this.statusCode)) flush.call(this);
  };
}
