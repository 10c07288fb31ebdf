import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Answer, Source } from './board-cache.ts';
import type { BoardView } from './board-view.ts';
import { withoutNonce } from './without-nonce.ts';

const pack = promisify(gzip);
const headerName = 'x-antidote-render';

/** Of the rendered answer's headers those that hold for everybody. */
const shared = ['content-type', 'content-disposition', 'referrer-policy', 'x-content-type-options', 'x-frame-options'];
const sharedToo = ['cross-origin-opener-policy', 'cross-origin-resource-policy', 'permissions-policy'];
const kept = new Set([...shared, ...sharedToo, 'strict-transport-security', 'content-security-policy']);

/** Asks this very server, as a browser without a cookie would. `isOwn` knows such a request: it must be rendered. */
export function ownSite(origin: URL, at: { host: string; port: number }) {
  const secret = randomBytes(32).toString('base64url');
  const get = (path: string, cookie?: string) =>
    new Promise<{ status: number; headers: Record<string, string>; body: Buffer }>((done, failed) => {
      const headers = { host: origin.host, accept: 'text/html', [headerName]: secret, ...(cookie && { cookie }) };
      request({ ...at, path, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', failed);
        response.on('end', () => {
          const told = Object.entries(response.headers).flatMap(([name, value]) =>
            typeof value === 'string' ? [[name, value] as const] : [],
          );
          done({
            status: response.statusCode ?? 500,
            headers: Object.fromEntries(told),
            body: Buffer.concat(chunks),
          });
        });
      })
        .on('error', failed)
        .end();
    });

  const source: Pick<Source, 'render' | 'version'> = {
    async render({ path, theme }: BoardView): Promise<Answer | null> {
      const { status, headers, body } = await get(path, theme ? `theme=${theme}` : undefined);
      if (status !== 200) return null;
      const policy = headers['content-security-policy'] ?? '';
      const page = policy.includes("'nonce-") ? withoutNonce(body, policy, origin.origin) : null;
      const content = page?.body ?? body;
      const etag = headers.etag ?? `W/"${createHash('sha256').update(content).digest('base64url')}"`;
      const own = Object.fromEntries(Object.entries(headers).filter(([name]) => kept.has(name)));
      return {
        etag,
        body: await pack(content),
        headers: {
          ...own,
          ...(page && { 'content-security-policy': page.policy, link: fontsOf(headers.link ?? '') }),
          etag,
          vary: 'accept-encoding, authorization, cookie, rsc',
          'cache-control': 'private, no-cache',
          'content-encoding': 'gzip',
        },
      };
    },
    async version() {
      const { body } = await get('/api/v1/health');
      const { boards } = JSON.parse(body.toString()) as { boards: string | null };
      if (!boards) throw new Error('the database does not answer');
      return boards;
    },
  };
  return { source, isOwn: (asked: Record<string, unknown>) => asked[headerName] === secret };
}

/** Of what a page asks for ahead the fonts alone: the rest names the nonce of one request. */
const fontsOf = (link: string) =>
  link
    .split(/, (?=<)/)
    .filter((part) => part.includes('as="font"'))
    .join(', ');
