import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from '../../lib/env.ts';
import { serve } from './http-server.ts';

type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;

/** Which file answers, and the parameters in the path. */
function routeFor(path: string): { file: string; params: Record<string, string> } {
  const season = path.match(/^\/api\/v1\/seasons\/(.+)$/)?.[1];
  return season
    ? { file: 'api/v1/seasons/[season]', params: { season: decodeURIComponent(season) } }
    : { file: path.slice(1), params: {} };
}

/**
 * What a site answers of seasons, by its own handlers, on the database of the test. `said` holds every body that it was
 * sent or that it answered.
 */
export async function seasonSite(secret: string) {
  const said: string[] = [];
  writeFileSync(join(env().ANTIDOTE_DATA, 'chores.secret'), secret);
  const site = await serve(async ({ method = 'GET', url = '/', headers }, response, body) => {
    const { file, params } = routeFor(url);
    const handlers = (await import(/* @vite-ignore */ `../../app/${file}/route.ts`)) as Record<string, Handler>;
    const request = new Request(`http://localhost:3000${url}`, {
      method,
      headers: {
        'content-type': 'application/json',
        authorization: headers.authorization ?? '',
        host: 'localhost:3000',
      },
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
    const answer = await handlers[method]!(request, { params: Promise.resolve(params) });
    const text = await answer.text();
    said.push(body.toString(), text);
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(text);
  });
  return { ...site, port: new URL(site.origin).port, said };
}
