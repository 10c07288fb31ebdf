import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { apiExamples } from '../../app/docs/api-examples.ts';
import { hashOf, newApiToken } from '../../lib/secrets.ts';
import { serve } from '../support/http-server.ts';
import { onPglite } from '../support/pglite.ts';
import { makeUser } from '../support/queue.ts';
import { execute } from '../support/sql.ts';

onPglite();

type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;
const run = promisify(execFile);
const token = newApiToken();
let site: Awaited<ReturnType<typeof serve>>;

/** The handlers that the examples ask. */
beforeAll(async () => {
  const user = await makeUser();
  await execute(
    sql`insert into tokens (user_id, name, hash, scopes) values (${user}::uuid, 't', ${hashOf(token)}, '{read,submit}')`,
  );
  site = await serve(async ({ method = 'GET', url = '/', headers }, response, body) => {
    const file = url.slice(1).replace('suites/smoke-2', 'suites/[suite]');
    const handlers = (await import(/* @vite-ignore */ `../../app/${file}/route.ts`)) as Record<string, Handler>;
    const request = new Request(`http://localhost:3000${url}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: headers.authorization ?? '' },
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
    if (!headers.authorization) request.headers.delete('authorization');
    const answer = await handlers[method]!(request, { params: Promise.resolve({ suite: 'smoke-2' }) });
    response
      .writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
      .end(await answer.text());
  });
});
afterAll(() => site.close());

it.each(apiExamples)('runs as it is printed: $title', async ({ command, answers }) => {
  const env = { ...process.env, ANTIDOTE_URL: site.origin, ANTIDOTE_TOKEN: token };
  const { stdout } = await run('bash', ['-c', command], { env });
  expect(stdout).toContain(answers);
});
