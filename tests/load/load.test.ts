import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokens, users } from '../../drizzle/schema.ts';
import { connectTo } from '../../lib/db/client.ts';
import { hashOf, newApiToken } from '../../lib/secrets.ts';
import { distPath } from '../../runner/host/dist.ts';
import { fillBoard } from '../support/filled-board.ts';
import { PageSite } from '../support/page-site.ts';
import { type Server, startPostgres } from '../support/postgres.ts';
import { requires } from '../support/requires.ts';
import { ScriptedRunner } from '../support/scripted-runner.ts';
import { type Answer, Client } from './clients.ts';
import { mix, type Part } from './mix.ts';

const minutes = 5;
const runners = 4;
/** A job is held longer than its lease lasts (30 s). */
const jobMs = 45_000;

const pause = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000));
const quantile = (sorted: readonly number[], share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
const rssMb = (pid: number) => (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096) / 1e6;

/** Least squares, in units of y for each unit of x. */
function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (at: 0 | 1) => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const over = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return over / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}

describe.runIf(requires('postgresql'))(`200 clients for ${minutes} minutes`, () => {
  let server: Server;
  let site: PageSite;
  let clients: { client: Client; part: Part }[];
  beforeAll(async () => {
    server = await startPostgres();
    const { db, close } = await connectTo({ driver: 'postgres', url: server.url });
    await fillBoard(db, 20);
    const people = mix.flatMap((part) => Array.from({ length: part.clients }, () => ({ part, token: newApiToken() })));
    for (const { token } of people) {
      const id = randomUUID();
      await db.insert(users).values({ id, name: 'A client' });
      await db.insert(tokens).values({ userId: id, name: 't', hash: hashOf(token), scopes: ['read', 'submit'] });
    }
    await close();
    site = await PageSite.start({ DATABASE_URL: server.url });
    clients = people.map(({ part, token }, at) => {
      const known = part.name.startsWith('board') || part.name === 'standings' ? undefined : token;
      return { part, client: new Client(site.origin, `198.51.${at % 250}.${at >> 8}`, known) };
    });
  }, 600_000);
  afterAll(async () => {
    for (const { client } of clients ?? []) client.end();
    await site?.stop();
    await server?.stop();
  });

  it(
    'no failure but 503 with Retry-After, health within 100 ms, memory flat, no lease lost',
    async () => {
      const begin = performance.now();
      const passed = () => (performance.now() - begin) / 60_000;
      const answers = new Map<string, Answer[]>();
      const wrong: string[] = [];
      const heard = (name: string, answer: Answer) => {
        const kept = { ...answer, text: '' };
        answers.set(name, [...(answers.get(name) ?? []), kept]);
      };
      const one = async ({ client, part: { name, pause: seconds, turn } }: (typeof clients)[number], at: number) => {
        const memory = new Map<string, string>();
        for (let n = at; passed() < minutes; n++) {
          await pause(seconds * (0.5 + Math.random()));
          const answer = await turn(client, memory, n).catch((error: Error) => {
            wrong.push(`${name}: ${error.message}`);
            return null;
          });
          if (!answer) continue;
          heard(name, answer);
          if (answer.status >= 500 && !(answer.status === 503 && answer.headers['retry-after']))
            wrong.push(`${name}: ${answer.status} ${answer.text.slice(0, 200)}`);
        }
      };
      const health = async () => {
        const client = new Client(site.origin, '203.0.113.1');
        for (; passed() < minutes; await pause(0.1)) heard('health', await client.ask('/api/v1/health'));
        client.end();
      };
      const memory: [number, number][] = [];
      const watch = async () => {
        for (; passed() < minutes; await pause(2)) memory.push([passed(), rssMb(site.pid)]);
      };
      const { digest } = JSON.parse(readFileSync(distPath('harness.json'), 'utf8')) as { digest: string };
      let jobs = 0;
      const work = async (_: unknown, at: number) => {
        const runner = await ScriptedRunner.enrol(site.origin, site.secret, digest, `runner ${at}`);
        while (passed() < minutes) {
          const asked = performance.now();
          const lease = await runner.lease();
          if (!lease) {
            await pause(1);
            continue;
          }
          const stopped = await runner.hold(lease, asked, jobMs);
          if (stopped) wrong.push(`a lease ended: ${stopped.why}`);
          else await runner.finish(lease, { undoes: 0.5, costs: 0.02, slower: 2 });
          jobs++;
        }
      };
      await Promise.all([...clients.map(one), health(), watch(), ...Array.from({ length: runners }, work)]);

      console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, load ${loadavg()[0]!.toFixed(1)}`);
      for (const [name, all] of answers) {
        const ms = all.map((answer) => answer.ms).sort((a, b) => a - b);
        const statuses = new Map<number, number>();
        for (const { status } of all) statuses.set(status, (statuses.get(status) ?? 0) + 1);
        const counts = [...statuses].map(([status, count]) => `${status}: ${count}`).join(', ');
        const times = [0.5, 0.99, 1].map((share) => quantile(ms, share).toFixed(0)).join(' / ');
        console.log(`${name.padEnd(24)} p50 / p99 / max ${times} ms   ${counts}`);
      }
      const late = memory.filter(([minute]) => minute >= 1);
      const growth = slope(late);
      const sizes = late.map(([, mb]) => mb);
      console.log(
        `RSS ${Math.min(...sizes).toFixed(0)} to ${Math.max(...sizes).toFixed(0)} MB, ${growth.toFixed(1)} MB/min`,
      );
      console.log(`${jobs} jobs of ${jobMs / 1000} s each`);

      expect(wrong.slice(0, 20)).toEqual([]);
      const checks = answers.get('health')!;
      expect(checks.every(({ status }) => status === 200)).toBe(true);
      expect(
        quantile(
          checks.map(({ ms }) => ms).sort((a, b) => a - b),
          0.99,
        ),
      ).toBeLessThanOrEqual(100);
      expect(growth, 'MB of RSS a minute, after the first').toBeLessThan(10);
      expect(jobs).toBeGreaterThan(runners);
    },
    (minutes + 5) * 60_000,
  );
});
