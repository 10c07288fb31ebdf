import { mkdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { requireFolder } from '../host/destination.ts';
import { env } from '../host/env.ts';
import { causeOf, shownPath } from '../host/file-causes.ts';
import { readIfThere } from '../host/read-if-there.ts';
import { replaceFile } from '../host/replace-file.ts';

/** Tokens by the site's origin. */
const Credentials = z.record(z.string(), z.object({ token: z.string(), user: z.string() }));
type Credentials = z.infer<typeof Credentials>;

const file = () => join(env().XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'antidote', 'credentials.json');

/** Of the site that the command line talks to. */
export const siteOrigin = () => new URL(env().ANTIDOTE_URL ?? `http://localhost:${env().PORT}`).origin;

/**
 * The token for that site: ANTIDOTE_TOKEN's, else what `login` stored. Throws UsageError for one that no request could
 * carry, without showing it.
 */
export async function findToken(): Promise<string | null> {
  const { ANTIDOTE_TOKEN } = env();
  if (ANTIDOTE_TOKEN !== undefined && !/^[\x21-\x7e]+$/.test(ANTIDOTE_TOKEN))
    throw new UsageError(
      'ANTIDOTE_TOKEN holds a space, a line break or a letter that no token has; copy the token alone, without quotation marks.',
    );
  return ANTIDOTE_TOKEN ?? (await read())[siteOrigin()]?.token ?? null;
}

export async function requireToken(): Promise<string> {
  const token = await findToken();
  if (!token)
    throw new UsageError(
      `No token for ${siteOrigin()}; run 'npx antidote login' first, or set ANTIDOTE_URL to another site.`,
    );
  return token;
}

/** Throws UsageError where no token could be added to those that are kept: asked before the site makes one. */
export async function requireCredentials(): Promise<void> {
  const known = await read();
  requireFolder('the tokens to', dirname(file()));
  const room = `${file()}.room`;
  try {
    await mkdir(dirname(room), { recursive: true, mode: 0o700 });
    await writeFile(room, JSON.stringify(known, null, 2).padEnd(8_192), { flush: true }); // longer than with one more
  } catch (error) {
    throw Object.assign(error as Error, { path: file() });
  } finally {
    await rm(room, { force: true });
  }
}

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
  const text = await readIfThere(file()).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      `Can't read the tokens in ${shownPath(file())}: ${causeOf(error)}; mend that, or name another folder by XDG_CONFIG_HOME.`,
    );
  });
  try {
    return Credentials.parse(JSON.parse(text ?? '{}'));
  } catch {
    throw new UsageError(`${file()} is damaged; delete it and log in again.`);
  }
}

async function write(credentials: Credentials): Promise<string> {
  const path = file();
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await replaceFile(path, `${JSON.stringify(credentials, null, 2)}\n`, 0o600);
  return path;
}
