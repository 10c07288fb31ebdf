import { execFile, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';

const run = promisify(execFile);

export type Server = { url: string; port: number; stop(): Promise<void> };

type Command = {
  file: string;
  args: string[];
  options: { cwd: string; uid?: number; gid?: number; env: NodeJS.ProcessEnv };
};

/** An empty cluster in that folder, and the command that serves it on a port of loopback. */
export async function newCluster(folder: string): Promise<(port: number) => Command> {
  const bin = postgresBin();
  if (!bin) throw new Error('PostgreSQL is not installed: apt-get install postgresql');
  const as = await unprivileged();
  if (as) chownSync(folder, as.uid, as.gid);
  const command = (name: string, args: string[]): Command => ({
    file: join(bin, name),
    args,
    options: { cwd: folder, ...as, env: { ...process.env, LC_ALL: 'C' } },
  });
  const data = join(folder, 'data');
  const init = command('initdb', ['-D', data, '-U', 'antidote', '--auth=trust', '--encoding=UTF8', '--no-sync']);
  await run(init.file, init.args, init.options);
  return (port) => {
    const settings = [
      'listen_addresses=127.0.0.1',
      `port=${port}`,
      `unix_socket_directories=${folder}`,
      'fsync=off',
      'max_connections=60',
      'log_min_messages=fatal',
    ];
    return command('postgres', ['-D', data, ...settings.flatMap((setting) => ['-c', setting])]);
  };
}

export const urlOfPort = (port: number) => `postgresql://antidote@localhost:${port}/postgres`;

/**
 * A PostgreSQL server of one's own in a temporary folder, on a free port of loopback; gone with everything in it after
 * `stop`.
 */
export async function startPostgres(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'antidote-postgres-'));
  const cluster = await newCluster(folder);
  const port = await freePort();
  const serve = cluster(port);
  const child = spawn(serve.file, serve.args, { ...serve.options, stdio: 'ignore' });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async () => {
    child.kill('SIGTERM'); // it ends when its clients have said goodbye
    await ended;
    process.off('exit', kill);
    rmSync(folder, { recursive: true, force: true });
  };
  const kill = () => child.kill('SIGQUIT');
  process.on('exit', kill);
  for (let waited = 0; waited < 30_000; waited += 50) {
    if (await answers(port)) return { url: urlOfPort(port), port, stop };
    await new Promise((done) => setTimeout(done, 50));
  }
  await stop();
  throw new Error('PostgreSQL did not start within 30 s');
}

/** Where Debian, Fedora and Homebrew keep the server's programs; the newest version found, or null. */
function postgresBin(): string | null {
  const roots = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt'].flatMap((root) => {
    try {
      return readdirSync(root).map((name) => join(root, name, 'bin'));
    } catch {
      return [];
    }
  });
  const found = [...roots.sort().reverse(), '/usr/bin', '/usr/local/bin'].filter((folder) =>
    statSync(join(folder, 'initdb'), { throwIfNoEntry: false }),
  );
  return found[0] ?? null;
}

/** The server refuses to run as root: then it runs as the user `postgres`. */
async function unprivileged(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'postgres'])).stdout)),
  );
  return { uid: uid!, gid: gid! };
}

/** Accepts connections, asked as clients ask: by the driver. */
export async function answers(port: number): Promise<boolean> {
  const { Client } = (await import('pg')).default;
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: 'antidote',
    database: 'postgres',
    connectionTimeoutMillis: 1000,
  });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}
