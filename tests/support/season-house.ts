import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RouteName, routes } from '../../lib/api/routes.ts';
import { distPath, projectDir } from '../../runner/host/dist.ts';
import type { Ended } from './command-line.ts';
import { eventually } from './eventually.ts';
import { PageSite } from './page-site.ts';

/** Text that somebody was told, and where. */
export type Told = { readonly where: string; readonly text: string };

/**
 * The built site, the command line of its machine and a real runner, each a process of its own, on one data folder. All
 * that they print is kept, and so is a copy of what lay in the runner's scratch folders.
 */
export class SeasonHouse {
  private readonly runners: ChildProcess[] = [];
  readonly printed: Told[] = [];
  private constructor(
    readonly site: PageSite,
    private readonly scratch: string,
    private readonly snapshots: string,
  ) {}

  /** `source`: ANTIDOTE_DATA of the test, whose data sets and suites it uses. */
  static async start(source: string): Promise<SeasonHouse> {
    const [scratch, snapshots] = ['scratch', 'heap'].map((name) => mkdtempSync(join(tmpdir(), `season-${name}-`)));
    const site = await PageSite.start(
      { NODE_OPTIONS: `--heapsnapshot-signal=SIGUSR2 --diagnostic-dir=${snapshots}` },
      async (dataDir) => {
        for (const folder of ['datasets', 'suites']) symlinkSync(join(source, folder), join(dataDir, folder));
        mkdirSync(join(dataDir, 'config'));
      },
    );
    return new SeasonHouse(site, scratch!, snapshots!);
  }

  get origin(): string {
    return this.site.origin;
  }

  private variables(data = this.site.dataDir): NodeJS.ProcessEnv {
    const { PATH, HOME, ANTIDOTE_BACKEND = 'auto' } = process.env;
    const { origin } = this.site;
    return {
      PATH,
      HOME,
      NODE_ENV: 'test',
      NO_COLOR: '1',
      ANTIDOTE_BACKEND,
      ANTIDOTE_DATA: data,
      XDG_CONFIG_HOME: join(data, 'config'),
      ANTIDOTE_URL: origin,
      PORT: new URL(origin).port,
    };
  }

  /**
   * A command of the site's machine, or with `data` of another one. It is killed with all its processes as soon as
   * `until` says so.
   */
  async command(
    args: readonly string[],
    { data, until = async () => false }: { data?: string; until?: () => Promise<boolean> | boolean } = {},
  ): Promise<Ended> {
    const child = this.spawned(args, this.variables(data));
    const ended: Ended = { code: null, out: '', err: '' };
    child.stdout!.setEncoding('utf8').on('data', (text) => {
      ended.out += text;
    });
    child.stderr!.setEncoding('utf8').on('data', (text) => {
      ended.err += text;
    });
    let over = false;
    const close = new Promise<number | null>((done) => child.on('close', done));
    close.then(() => {
      over = true;
    });
    while (!over && !(await until())) await sleep(20);
    if (!over) process.kill(-child.pid!, 'SIGKILL');
    ended.code = await close;
    this.printed.push({ where: args.join(' '), text: ended.out + ended.err });
    return ended;
  }

  private spawned(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
    const program = [distPath('antidote.mjs'), ...args];
    return spawn(process.execPath, program, {
      cwd: projectDir,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
  }

  /** Enrols a runner and has it work until the end. Returns its id. */
  async startRunner(): Promise<string> {
    const code = (await this.command(['runner-code'])).out.trim();
    this.printed.pop(); // a code is for one use, and no secret of a season
    const child = this.spawned(['work'], { ...this.variables(), ANTIDOTE_ENROL: code, TMPDIR: this.scratch });
    this.runners.push(child);
    const said = { where: 'the runner', text: '' };
    this.printed.push(said);
    for (const stream of [child.stdout!, child.stderr!])
      stream.setEncoding('utf8').on('data', (text) => {
        said.text += text;
      });
    await eventually(() => {
      if (child.exitCode !== null) throw new Error(`The runner ended: ${said.text.slice(-1000)}`);
      return /enrolled as [0-9a-f-]{36}/.test(said.text);
    });
    return /enrolled as ([0-9a-f-]{36})/.exec(said.text)![1]!;
  }

  /** How many jobs the runner has handed in. */
  get handedIn(): number {
    return this.printed.find(({ where }) => where === 'the runner')?.text.match(/handed in/g)?.length ?? 0;
  }

  private readonly looked = new Set<string>();

  /** Every file up to 2 MB in the runner's scratch folders that was not looked at yet, as bytes in Latin-1. */
  scratchFiles(): Told[] {
    return filesBelow(this.scratch, (path, size) => {
      const known = this.looked.has(`${path} ${size}`);
      this.looked.add(`${path} ${size}`);
      return !known && size < 2e6; // what is larger is pixels
    });
  }

  /** What the heap of the site holds as strings. */
  async heap(): Promise<string> {
    const before = readdirSync(this.snapshots).length;
    process.kill(this.site.pid, 'SIGUSR2');
    await eventually(() => readdirSync(this.snapshots).length > before);
    await fetch(`${this.origin}/api/v1/health`); // it answers nobody while it writes
    const [file] = readdirSync(this.snapshots).slice(-1);
    return readFileSync(join(this.snapshots, file!), 'latin1');
  }

  /** Every page of `app` and every question of the API that this viewer may ask, with what it is answered. */
  async everything(params: Params, headers: Record<string, string>): Promise<Told[]> {
    const told: Told[] = [];
    for (const path of [...pagesOf(params), ...questionsOf(params)]) {
      const answer = await fetch(this.origin + path, { headers, redirect: 'manual' });
      told.push({ where: `${path} (${answer.status})`, text: await answer.text() });
    }
    return told;
  }

  async stop(): Promise<void> {
    for (const runner of this.runners)
      if (runner.exitCode === null) {
        const gone = new Promise((done) => runner.once('exit', done));
        process.kill(-runner.pid!, 'SIGTERM');
        await gone;
      }
    await this.site.stop();
    for (const folder of [this.scratch, this.snapshots]) rmSync(folder, { recursive: true, force: true });
  }
}

/** The values that the parameters of paths are tried with. */
export type Params = Readonly<Record<string, readonly string[]>>;

/** Each path with every value of its parameters; none where a parameter has no values. */
const filled = (template: string, params: Params): string[] => {
  const name = /[[{](\w+)[\]}]/.exec(template)?.[1];
  if (name === undefined) return /[[{]/.test(template) ? [] : [template];
  return (params[name] ?? []).flatMap((value) => filled(template.replace(/[[{]\w+[\]}]/, value), params));
};

const pagesOf = (params: Params): string[] =>
  readdirSync(join(projectDir, 'app'), { recursive: true })
    .map(String)
    .filter((file) => /(^|\/)(page\.tsx|route\.ts|sitemap\.ts|robots\.ts)$/.test(file) && !file.startsWith('api/'))
    .flatMap((file) => {
      const path = file.replace(/sitemap\.ts$/, 'sitemap.xml').replace(/robots\.ts$/, 'robots.txt');
      return filled(`/${path.replace(/\/?(page\.tsx|route\.ts)$/, '')}`, params);
    });

const questionsOf = (params: Params): string[] =>
  (Object.keys(routes) as RouteName[])
    .filter((name) => name.startsWith('GET /api/v1/'))
    .flatMap((name) => filled(name.slice('GET '.length), params))
    .flatMap((path) => [path, ...(params.suite ?? []).map((suite) => `${path}?suite=${suite}`)]);

export function filesBelow(folder: string, wanted: (path: string, size: number) => boolean = () => true): Told[] {
  const entries = unlessGone(() => readdirSync(folder, { withFileTypes: true })) ?? [];
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path, wanted);
    const text = unlessGone(() => {
      const about = statSync(path);
      return about.isFile() && wanted(path, about.size) ? readFileSync(path, 'latin1') : null;
    });
    return text === null ? [] : [{ where: path, text }];
  });
}

/** A trial clears its folder away while this looks into it: null for what was there a moment ago. */
function unlessGone<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

const isGone = (error: unknown) => ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
