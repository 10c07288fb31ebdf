import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { projectDir } from '../../runner/host/dist.ts';
import { env } from '../../runner/host/env.ts';
import { type Process, processOf, treeOf } from '../../runner/jail/process-tree.ts';
import { freePort } from './free-port.ts';

/**
 * `npm start` on a free port, as a newcomer runs it, with a data folder that has the data set, and the large suite
 * where it is built. Where it is not, the site builds it meanwhile, at the lowest priority.
 */
export class LocalSite {
  private constructor(
    readonly origin: string,
    readonly dataDir: string,
    private readonly child: ChildProcess,
    private readonly said: { out: string; err: string },
  ) {}

  static async start(): Promise<LocalSite> {
    const dataDir = mkdtempSync(join(tmpdir(), 'antidote-e2e-'));
    const shared = resolve(projectDir, env().ANTIDOTE_DATA);
    symlinkSync(join(shared, 'datasets'), join(dataDir, 'datasets'));
    const python = join(shared, 'python');
    if (existsSync(python)) symlinkSync(python, join(dataDir, 'python'));
    mkdirSync(join(dataDir, 'config'));
    mkdirSync(join(dataDir, 'suites'));
    const large = join(shared, 'suites/core-1');
    if (existsSync(large)) symlinkSync(large, join(dataDir, 'suites/core-1'));
    const port = await freePort();
    const { PATH, HOME, XDG_CACHE_HOME, ANTIDOTE_BACKEND } = process.env;
    const variables: Record<string, string | undefined> = {
      PATH,
      HOME,
      ...(XDG_CACHE_HOME && { XDG_CACHE_HOME }),
      ...(ANTIDOTE_BACKEND && { ANTIDOTE_BACKEND }),
      PORT: String(port),
      ANTIDOTE_DATA: dataDir,
    };
    const child = spawn('npm', ['start'], {
      cwd: projectDir,
      env: variables as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const said = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said.out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said.err += text;
    });
    const site = new LocalSite(`http://localhost:${port}`, dataDir, child, said);
    try {
      await until('the start-up', 300_000, async () => {
        if (child.exitCode !== null)
          throw new Error(`npm start ended with ${child.exitCode}: ${said.err.slice(-2000)}`);
        return /Sign in {2}\S+/.test(said.out);
      });
      return site;
    } catch (error) {
      await site.stop();
      throw error;
    }
  }

  /** What it printed on stdout. */
  get output(): string {
    return this.said.out;
  }

  get signInLink(): string {
    return /Sign in {2}(\S+)/.exec(this.said.out)![1]!;
  }

  get runnerPid(): number {
    return Number(readFileSync(join(this.dataDir, 'runner.pid'), 'utf8'));
  }

  /** For commands that talk to this site. */
  get variables(): Record<string, string> {
    return {
      ANTIDOTE_URL: this.origin,
      PORT: new URL(this.origin).port,
      ANTIDOTE_DATA: this.dataDir,
      XDG_CONFIG_HOME: join(this.dataDir, 'config'),
    };
  }

  async json<T>(path: string): Promise<T> {
    return (await fetch(this.origin + path)).json() as Promise<T>;
  }

  /** `npm start` and everything that it started and that lives. */
  get processes(): Process[] {
    return treeOf(this.child.pid!).flatMap((pid) => processOf(pid) ?? []);
  }

  /** As Ctrl-C does; waits until it has ended. With what it said on stderr since it began. */
  async interrupt(): Promise<string> {
    const ended = new Promise((done) => this.child.once('close', done));
    process.kill(-this.child.pid!, 'SIGINT');
    await ended;
    return this.said.err;
  }

  /** The data folder is gone afterwards. */
  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) await this.interrupt();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** Polls until it says yes; throws naming what was waited for. */
export async function until(
  what: string,
  limitMs: number,
  holds: () => Promise<boolean>,
  everyMs = 200,
): Promise<void> {
  for (const begin = performance.now(); !(await holds()); await new Promise((done) => setTimeout(done, everyMs)))
    if (performance.now() - begin > limitMs) throw new Error(`${what}: not within ${limitMs / 1000} s`);
}
