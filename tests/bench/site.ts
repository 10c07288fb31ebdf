import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, get, type IncomingHttpHeaders } from 'node:http';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { evaluations, modules, scores, submissions, users } from '../../drizzle/schema.ts';
import { suiteNamed } from '../../lib/catalog/suites/index.ts';
import { StandingsJson } from '../../lib/contract/api.ts';
import type { Scores } from '../../lib/contract/report.ts';
import { connectTo } from '../../lib/db/client.ts';
import { inputColumns, inputsDigest } from '../../lib/db/scores.ts';
import { PageSite } from '../support/page-site.ts';

/**
 * What the site takes: boards of 10, 200 and 2,000 entries, made for this bench from the committed scores of core-1, by
 * the built pages on loopback and the embedded database. Processor time of answers that are not
 * cached: the `first` loads the page's code, `then` is the mean of the two other themes.
 */
const sizes = [10, 200, 2000];
const seconds = 5;
const connections = 8;
const suite = suiteNamed('core-1');
const paths = ['/', `/suites/${suite.id}`, `/api/v1/suites/${suite.id}/standings`];
const committed: Scores[] = Object.values(
  JSON.parse(readFileSync(new URL('tests/fixtures/core-1.scores.json', `file://${process.cwd()}/`), 'utf8')),
);

console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, load ${loadavg()[0]!.toFixed(1)}`);
console.log(`${connections} connections kept alive, ${seconds} s each`);
for (const size of sizes) {
  const folder = mkdtempSync(join(tmpdir(), 'antidote-bench-'));
  await fill(folder, size);
  const site = await PageSite.start({ ANTIDOTE_DATA: folder });
  try {
    const { rows } = StandingsJson.parse(await (await fetch(`${site.origin}${paths[2]}`)).json());
    if (!rows.every(({ state }) => state === 'scored')) throw new Error('the site does not take the rows as scored');
    for (const path of paths) {
      const rendered = async (headers: Record<string, string>) => {
        const before = cpuMs(site.pid);
        const answer = await ask(`${site.origin}${path}`, headers);
        return { ...answer, ms: cpuMs(site.pid) - before };
      };
      const first = await rendered({});
      const [light, dark] = [await rendered({ cookie: 'theme=light' }), await rendered({ cookie: 'theme=dark' })];
      const loads = [await load(`${site.origin}${path}`, {})];
      loads.push(await load(`${site.origin}${path}`, { 'if-none-match': String(first.headers.etag) }));
      const [whole, unchanged] = loads;
      const row = [`${size}`.padStart(5), path.padEnd(32), `first ${first.ms} ms`.padEnd(14)];
      row.push(`then ${(light.ms + dark.ms) / 2} ms`.padEnd(13));
      row.push(`${(first.bytes / 1000).toFixed(0)} kB`.padStart(7), `200: ${whole}`, `304: ${unchanged}`);
      console.log(row.join('  '));
    }
  } finally {
    await site.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Rows like those of the reference table, every one with all families and scenarios. */
async function fill(folder: string, size: number): Promise<void> {
  const { db, close } = await connectTo({ driver: 'pglite', folder });
  const [owner] = await db.insert(users).values({ name: 'Made for the bench' }).returning();
  for (let row = 0; row < size; row++) {
    const code = `// made for the bench ${row}`;
    const sha256 = `sha256:${createHash('sha256').update(code).digest('hex')}`;
    await db.insert(modules).values({ sha256, code, bytes: code.length, kind: 'shape' });
    const baseline = row === 0 ? 'none' : row === 1 ? 'oracle-filter' : null;
    const entry = { ownerId: owner!.id, moduleSha256: sha256, name: `Made for the bench ${row}`, card: {} as never };
    const [submission] = await db
      .insert(submissions)
      .values({ ...entry, baseline })
      .returning();
    const asked = { suite: suite.id, suiteDigest: suite.digest, harnessDigest: sha256, engine: 'tensorflow' as const };
    await db.insert(evaluations).values({ submissionId: submission!.id, ...asked });
  }
  const rows = await db
    .select({ id: evaluations.id, of: inputColumns })
    .from(evaluations)
    .innerJoin(submissions, eq(submissions.id, evaluations.submissionId))
    .innerJoin(modules, eq(modules.sha256, submissions.moduleSha256));
  for (const [at, { id, of }] of rows.entries())
    await db.insert(scores).values({
      evaluationId: id,
      inputs: inputsDigest(of),
      state: 'scored',
      scores: committed[at % committed.length]!,
      jailed: true,
      cutShort: false,
    });
  await close();
}

type Answer = { status: number; headers: IncomingHttpHeaders; bytes: number };

function ask(url: string, headers: Record<string, string>, agent?: Agent): Promise<Answer> {
  return new Promise((done, failed) => {
    get(url, { agent, headers: { 'accept-encoding': 'gzip', ...headers } }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, bytes }));
    }).on('error', failed);
  });
}

async function load(url: string, headers: Record<string, string>): Promise<string> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const wanted = 'if-none-match' in headers ? 304 : 200;
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  const one = async () => {
    while (performance.now() < end) {
      const begin = performance.now();
      const { status } = await ask(url, headers, agent);
      if (status !== wanted) throw new Error(`${url} answered ${status}, want ${wanted}`);
      times.push(performance.now() - begin);
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * (times.length - 1))]!.toFixed(1);
  return `${(times.length / seconds).toFixed(0).padStart(5)}/s p50 ${at(0.5)} p99 ${at(0.99)} ms`;
}

/** Processor time of a process so far; a tick is a hundredth of a second. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return 10 * (Number(fields[11]) + Number(fields[12]));
}
