import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, get, type IncomingHttpHeaders } from 'node:http';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { suiteNamed } from '../../lib/catalog/suites/index.ts';
import { StandingsJson } from '../../lib/contract/api.ts';
import { connectTo } from '../../lib/db/client.ts';
import { fillBoard } from '../support/filled-board.ts';
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

console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, load ${loadavg()[0]!.toFixed(1)}`);
console.log(`${connections} connections kept alive, ${seconds} s each`);
for (const size of sizes) {
  const folder = mkdtempSync(join(tmpdir(), 'antidote-bench-'));
  const { db, close } = await connectTo({ driver: 'pglite', folder });
  await fillBoard(db, size);
  await close();
  const site = await PageSite.start({ ANTIDOTE_DATA: folder });
  try {
    await atRest(site.pid);
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

/** A start mends what the rows made for the bench lack; it is over when the process hardly computes for a second. */
async function atRest(pid: number): Promise<void> {
  for (let before = 0, now = cpuMs(pid); now - before > 50; ) {
    before = now;
    await new Promise((done) => setTimeout(done, 1000));
    now = cpuMs(pid);
  }
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
