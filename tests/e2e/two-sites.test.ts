import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashOf, newApiToken } from '../../lib/secrets.ts';
import { PageSite } from '../support/page-site.ts';
import { type Server, startPostgres } from '../support/postgres.ts';
import { requires } from '../support/requires.ts';

/** Each limit counts in the database: it is the same however many processes serve the site. */
describe.runIf(requires('postgresql'))('two processes of the site on one PostgreSQL', () => {
  let server: Server;
  let sites: PageSite[] = [];
  let token: string;
  beforeAll(async () => {
    server = await startPostgres();
    sites = [await PageSite.start({ DATABASE_URL: server.url }), await PageSite.start({ DATABASE_URL: server.url })];
    const client = new Client(server.url);
    await client.connect();
    const user = randomUUID();
    token = newApiToken();
    await client.query("insert into users (id, name) values ($1, 'Ada')", [user]);
    await client.query("insert into tokens (user_id, name, hash, scopes) values ($1, 't', $2, '{submit}')", [
      user,
      hashOf(token),
    ]);
    await client.end();
  }, 600_000);
  afterAll(async () => {
    await Promise.all(sites.map((site) => site.stop()));
    await server?.stop();
  });

  /** Asked of the sites in turn, all at once: how often each status was the answer. */
  const statuses = async (times: number, ask: (origin: string, n: number) => Promise<Response>) => {
    const answers = await Promise.all(Array.from({ length: times }, (_, n) => ask(sites[n % 2]!.origin, n)));
    const count: Record<number, number> = {};
    for (const { status } of answers) count[status] = (count[status] ?? 0) + 1;
    return count;
  };

  it('give an address thirty device codes in ten minutes together', async () => {
    const begun = await statuses(50, (origin) => fetch(`${origin}/api/v1/device`, { method: 'POST' }));
    expect(begun).toEqual({ 200: 30, 429: 20 });
  });

  it('take five submissions a day to core-1 from a user together, and read sixty uploads', async () => {
    const post = (origin: string, code: string) =>
      fetch(`${origin}/api/v1/submissions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'A defense', suite: 'core-1', code, card: {} }),
      });
    const shape = 'export default { shape: (step) => step.sum(step.norms().fill(1)) };';
    expect(await statuses(40, (origin, n) => post(origin, `${shape}// ${n}`))).toEqual({ 201: 5, 429: 35 });
    expect(await statuses(40, (origin) => post(origin, 'nothing'))).toEqual({ 429: 40 });
  });
});
