import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { HarnessFault } from '../errors.ts';
import { env } from '../host/env.ts';
import { jsonIn, problemOf, send } from './http.ts';

export const choresSecretFile = () => join(env().ANTIDOTE_DATA, 'chores.secret');

/**
 * The site on this machine as this machine reaches it: by its name on loopback, unless it listens on one other address
 * alone.
 */
export function localOrigin(): string {
  const { HOST, PORT } = env();
  const onLoopback = ['localhost', '::1', '0.0.0.0', '::'].includes(HOST) || HOST.startsWith('127.');
  return `http://${onLoopback ? 'localhost' : HOST}:${PORT}`;
}

/** Asks a chore (lib/catalog/chores.ts) of the running site on this machine, over loopback. Throws HarnessFault where it does not run. */
export async function callChore<Body, Answer>(
  { name, answer }: { name: string; body: z.ZodType<unknown, Body>; answer: z.ZodType<Answer> },
  body: Body,
  limitMs = 60_000,
): Promise<Answer> {
  const secret = await readFile(choresSecretFile(), 'utf8').catch(() => {
    throw new HarnessFault(`No site runs on the data folder ${env().ANTIDOTE_DATA}; 'npm start' starts it.`);
  });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${secret.trim()}` };
  const response = await send(
    `${localOrigin()}/api/chores/${name}`,
    () => ({ method: 'POST', headers, body: JSON.stringify(body) }),
    undefined,
    () => AbortSignal.timeout(limitMs),
  );
  if (!response.ok) throw await problemOf(response);
  return jsonIn(response, answer);
}
