import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectDir } from '../../runner/host/dist.ts';
import { buildSite } from '../../runner/start/build-site.ts';
import { built } from './built.ts';
import { freePort } from './free-port.ts';
import { until } from './local-site.ts';
import { migratedTar } from './migrated.ts';

const secret = 'a-secret-for-the-chores-of-a-test';

/** The built pages on a free port with an empty data folder, and nothing else: no runner, no data set. */
export class PageSite {
  readonly secret = secret;
  private constructor(
    readonly origin: string,
    readonly dataDir: string,
    private readonly child: ChildProcess,
  ) {}

  /** `fill` puts into the data folder what the site is to begin with: an empty database where nothing is said. */
  static async start(
    variables: Record<string, string> = {},
    fill: (dataDir: string) => Promise<void> = 'DATABASE_URL' in variables ? async () => {} : emptyDatabase,
  ): Promise<PageSite> {
    built();
    await buildSite(() => {}, new AbortController().signal);
    const dataDir = mkdtempSync(join(tmpdir(), 'antidote-pages-'));
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(join(dataDir, 'chores.secret'), secret, { mode: 0o600 });
    await fill(dataDir);
    const port = await freePort();
    const { PATH, HOME } = process.env;
    const env = {
      PATH,
      HOME,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      HOST: '127.0.0.1',
      NEXTAUTH_URL: `http://localhost:${port}`,
      PORT: `${port}`,
      ANTIDOTE_DATA: dataDir,
      ...variables,
    };
    const program = join(projectDir, 'dist/site.mjs');
    const child = spawn(process.execPath, [program, `http://localhost:${port}`, '127.0.0.1', `${port}`], {
      cwd: projectDir,
      env: env as NodeJS.ProcessEnv,
      stdio: 'inherit',
    });
    const site = new PageSite(`http://localhost:${port}`, dataDir, child);
    await until(
      'the site',
      60_000,
      async () => (await fetch(`${site.origin}/api/v1/health`).catch(() => null))?.ok ?? false,
    );
    return site;
  }

  /** Of the local researcher, good for everything. */
  async token(): Promise<string> {
    const post = async (path: string, json: unknown): Promise<Record<string, string>> => {
      const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
      return (await fetch(this.origin + path, { method: 'POST', headers, body: JSON.stringify(json) })).json();
    };
    const { link } = await post('/api/chores/sign-in-link', {});
    return (await post('/api/v1/tokens', { link })).token!;
  }

  get pid(): number {
    return this.child.pid!;
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.child.once('exit', done));
    this.child.kill('SIGTERM');
    await ended;
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** As the site itself would make it, in a quarter of the time. */
async function emptyDatabase(dataDir: string): Promise<void> {
  const folder = join(dataDir, 'db');
  mkdirSync(folder, { mode: 0o700 });
  execFileSync('tar', ['-xf', await migratedTar(), '-C', folder], { stdio: 'pipe' });
}
