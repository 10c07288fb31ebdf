import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RouteName, routes } from '../../lib/api/routes.ts';
import { env } from '../../lib/env.ts';
import { serve } from './http-server.ts';

type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;

/** Which file answers, and the parameters in the path. */
function routeFor(method: string, path: string): { file: string; params: Record<string, string> } | null {
  for (const name of Object.keys(routes) as RouteName[]) {
    const [verb, template] = name.split(' ') as [string, string];
    const pattern = new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
    const found = verb === method && !template.includes('*') ? pattern.exec(path) : null;
    if (found) return { file: template.slice(1).replace(/\{(\w+)\}/g, '[$1]'), params: { ...found.groups } };
  }
  return null;
}

/**
 * A site by its own handlers, on the database of the test and on the port of its environment. `said` holds every body
 * that it was sent or that it answered.
 */
export async function seasonSite(secret: string) {
  const said: string[] = [];
  const { ANTIDOTE_DATA, PORT } = env();
  writeFileSync(join(ANTIDOTE_DATA, 'chores.secret'), secret);
  const site = await serve(async ({ method = 'GET', url = '/', headers }, response, body) => {
    const found = routeFor(method, new URL(url, 'http://localhost').pathname);
    if (!found) return void response.writeHead(404).end();
    const handlers = (await import(/* @vite-ignore */ `../../app/${found.file}/route.ts`)) as Record<string, Handler>;
    const request = new Request(`http://localhost:${PORT}${url}`, {
      method,
      headers: Object.entries(headers).flatMap(([name, value]) =>
        typeof value === 'string' && name !== 'connection' ? [[name, value] as [string, string]] : [],
      ),
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
    const answer = await handlers[method]!(request, { params: Promise.resolve(found.params) });
    const bytes = Buffer.from(await answer.arrayBuffer());
    said.push(body.toString(), bytes.toString());
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(bytes);
  }, Number(PORT));
  return { ...site, origin: `http://localhost:${PORT}`, port: `${PORT}`, said };
}
