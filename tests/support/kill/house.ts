import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { chores } from '../../../lib/catalog/chores.ts';
import { connectTo, type Place } from '../../../lib/db/client.ts';
import { projectDir } from '../../../runner/host/dist.ts';
import { eventually } from '../eventually.ts';
import { freePort } from '../free-port.ts';
import { answers, newCluster, urlOfPort } from '../postgres.ts';
import { execute } from '../sql.ts';
import { Disk } from './disk.ts';
import { KeptProcess } from './kept-process.ts';

export type DatabaseKind = 'pglite' | 'postgres';

const secret = 'a-secret-for-the-chores-of-a-test';
const runnerCount = 3;

/** A site, its database and its runners, each a process of its own, and the data on a disk of their own. */
export class House {
  private constructor(
    readonly origin: string,
    readonly disk: Disk,
    readonly site: KeptProcess,
    readonly runners: readonly KeptProcess[],
    /** Null where it is within the site's process. */
    readonly database: KeptProcess | null,
    /** For whoever looks into the database when the site is stopped. */
    readonly place: Place,
  ) {}

  /** `program`: of a false runner. A process that ends rests for so long before it is started again. */
  static async start(kind: DatabaseKind, program: string, jobMs: number, restMs: () => number): Promise<House> {
    const disk = Disk.mount();
    const data = disk.folderNamed('data');
    writeFileSync(join(data, 'chores.secret'), secret, { mode: 0o600 });
    const database = kind === 'postgres' ? await startCluster(disk.folderNamed('postgres'), restMs) : null;
    const place: Place = database ? { driver: 'postgres', url: database.url } : { driver: 'pglite', folder: data };
    await prepare(place);
    const { origin, site } = await startSite(data, database?.url ?? null, restMs);
    await eventually(() => isWell(origin));
    const runners = Array.from({ length: runnerCount }, (_, n) => startRunner(origin, program, n, jobMs, restMs));
    const kept = await Promise.all(runners);
    await eventually(async () => (await runnersHeard(origin)) === runnerCount); // else what is run twice hangs on who came first
    return new House(origin, disk, site, kept, database?.kept ?? null, place);
  }

  isWell = () => isWell(this.origin);

  /** As the command line asks a chore of `lib/catalog/chores.ts`. */
  async chore<Body, Answer>(
    { name, answer }: { name: string; body: z.ZodType<unknown, Body>; answer: z.ZodType<Answer> },
    body: Body,
  ): Promise<Answer> {
    const response = await fetch(`${this.origin}/api/chores/${name}`, request(body));
    if (!response.ok) throw new Error(`${name}: ${response.status} ${await response.text()}`);
    return answer.parse(await response.json());
  }

  async stop(): Promise<void> {
    await Promise.all([...this.runners, this.site].map((one) => one.stop()));
    await this.database?.stop();
    this.disk.unmount();
  }
}

const request = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const isWell = async (origin: string) =>
  (await fetch(`${origin}/api/v1/health`, { signal: AbortSignal.timeout(5000) }).catch(() => null))?.ok ?? false;

async function runnersHeard(origin: string): Promise<number | null> {
  const response = await fetch(`${origin}/api/v1/health`).catch(() => null);
  return response?.ok ? ((await response.json()) as { runners: number | null }).runners : null;
}

async function startCluster(folder: string, restMs: () => number) {
  const serve = await newCluster(folder);
  const port = await freePort();
  const { file, args, options } = serve(port);
  const small = ['-c', 'max_wal_size=64MB'];
  const kept = new KeptProcess(() => ({ file, args: [...args, ...small], ...options }), restMs);
  await eventually(() => answers(port));
  return { kept, url: urlOfPort(port) };
}

/**
 * Leases are short, so that nobody waits long for those of the dead. Strikes are many: this many kills are no accident,
 * and three of them on one job would be taken for a job that kills its runners.
 */
async function prepare(place: Place): Promise<void> {
  const connection = await connectTo(place);
  await execute(sql`alter table jobs alter column lease_seconds set default 6`);
  await execute(sql`alter table jobs alter column max_strikes set default 30`);
  await connection.close();
}

async function startSite(data: string, url: string | null, restMs: () => number) {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const { PATH, HOME } = process.env;
  const variables = {
    PATH,
    HOME,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    HOST: '127.0.0.1',
    NEXTAUTH_URL: origin,
    PORT: `${port}`,
    NEXTAUTH_SECRET: 'a-secret-for-the-sessions-of-a-test',
    ANTIDOTE_DATA: data,
    ...(url && { DATABASE_URL: url }),
  };
  const args = [join(projectDir, 'dist/site.mjs'), origin, '127.0.0.1', `${port}`];
  const program = { file: process.execPath, args, env: variables as NodeJS.ProcessEnv, cwd: projectDir };
  return { origin, site: new KeptProcess(() => program, restMs) };
}

/** It enrols with a code as long as it has no identity. */
async function startRunner(origin: string, program: string, n: number, jobMs: number, restMs: () => number) {
  const folder = join(projectDir, 'tests/.out', `runner-${process.pid}-${n}-${Date.now()}`);
  mkdirSync(folder, { recursive: true });
  const answer = await fetch(
    `${origin}/api/chores/runner-code`,
    request({ labels: ['engine:tensorflow', 'engine:wasm', 'jail'] }),
  );
  const { code } = chores.runnerCode.answer.parse(await answer.json());
  const { PATH, HOME } = process.env;
  const variables = {
    PATH,
    HOME,
    ANTIDOTE_URL: origin,
    ANTIDOTE_DATA: folder,
    ANTIDOTE_ENROL: code,
    FALSE_JOB_MS: `${jobMs}`,
  };
  return new KeptProcess(
    () => ({ file: process.execPath, args: [program], env: variables as unknown as NodeJS.ProcessEnv, cwd: folder }),
    restMs,
  );
}
