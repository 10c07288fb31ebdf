import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** When the database was last found not to answer, in milliseconds since 1970; lib/db/outage.ts writes it. */
const shared = globalThis as { antidoteOutageAt?: number };

const style =
  ':root{color-scheme:light dark;font:1rem/1.6 system-ui,sans-serif}main{max-width:36rem;margin:15vh auto;padding:0 1rem}';
const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">
<title>Antidote does not answer at this moment</title><style>${style}</style></head>
<body><main>
<h1>Antidote does not answer at this moment</h1>
<p>Its database cannot be reached. Nothing that was accepted is lost.</p>
<p>Load the page again in a few seconds, or go <a href="/">to the board</a>.
<a href="/api/v1/health">The health check</a> says when all is well.</p>
</main></body>
</html>
`;
const hash = createHash('sha256').update(style).digest('base64');
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'retry-after': '5',
};

/**
 * Answers 503 with Retry-After and a page with a way on where Next says 500 because the database does not answer. Next
 * itself knows no other status for a page that failed.
 */
export function withOutagePage(response: ServerResponse, method: string): void {
  const began = Date.now();
  const [write, end, writeHead, flush] = [response.write, response.end, response.writeHead, response.flushHeaders];
  let replaced = false;
  /** True where the answer is ours from now on. */
  const replaces = (status: number): boolean => {
    if (replaced) return true;
    if (response.headersSent || status !== 500 || (shared.antidoteOutageAt ?? 0) < began) return false;
    replaced = true;
    for (const name of ['content-encoding', 'content-length', 'etag']) response.removeHeader(name);
    writeHead.call(response, 503, headers);
    end.call(response, method === 'HEAD' ? '' : page, 'utf8');
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
