import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { env } from '../host/env.ts';

/** Tokens by the site's origin. */
const Credentials = z.record(z.string(), z.object({ token: z.string(), user: z.string() }));
type Credentials = z.infer<typeof Credentials>;

const file = () => join(env().XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'antidote', 'credentials.json');

/** Of the site that the command line talks to. */
export const siteOrigin = () => new URL(env().ANTIDOTE_URL ?? `http://localhost:${env().PORT}`).origin;

/** The token for that site: ANTIDOTE_TOKEN's, else what `login` stored. */
export async function findToken(): Promise<string | null> {
  return env().ANTIDOTE_TOKEN ?? (await read())[siteOrigin()]?.token ?? null;
}

export async function requireToken(): Promise<string> {
  const token = await findToken();
  if (!token) throw new UsageError(`No token for ${siteOrigin()}; run 'npx antidote login' first.`);
  return token;
}

/** Whose token was stored for the site, as the site said then. */
export const storedUser = async () => (await read())[siteOrigin()]?.user ?? null;

/** Readable by its owner alone, and whole at every moment. */
export async function storeToken(origin: string, token: string, user: string): Promise<string> {
  return write({ ...(await read()), [origin]: { token, user } });
}

/** False where there was none. */
export async function forgetToken(): Promise<boolean> {
  const { [siteOrigin()]: gone, ...rest } = await read();
  if (gone) await write(rest);
  return gone !== undefined;
}

async function read(): Promise<Credentials> {
  const text = await readFile(file(), 'utf8').catch(() => '{}');
  try {
    return Credentials.parse(JSON.parse(text));
  } catch {
    throw new UsageError(`${file()} is damaged; delete it and log in again.`);
  }
}

async function write(credentials: Credentials): Promise<string> {
  const path = file();
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(`${path}.${process.pid}`, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.${process.pid}`, path);
  return path;
}
