import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { SnapshotRow } from '../../lib/contract/snapshot.ts';
import { HarnessFault } from '../errors.ts';
import { env } from '../host/env.ts';
import { jsonOf, problemOf, send } from './http.ts';

/** What a site does for those who can read its data folder. Its answers, by chore. */
const chores = {
  seed: z.unknown(),
  audit: z.object({ events: z.int(), results: z.int(), problems: z.array(z.string()) }),
  'sign-in-link': z.object({ link: z.url() }),
  'runner-code': z.object({ code: z.string() }),
  'jobs-here': z.object({ jobs: z.array(z.uuid()) }),
  snapshot: z.object({ imported: z.boolean() }),
  'snapshot-rows': z.object({ items: z.array(SnapshotRow) }),
};
type Chore = keyof typeof chores;

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

/** Asks the running site on this machine, over loopback. Throws HarnessFault where it does not run. */
export async function callChore<Name extends Chore>(
  name: Name,
  body: unknown,
): Promise<z.infer<(typeof chores)[Name]>> {
  const secret = await readFile(choresSecretFile(), 'utf8').catch(() => {
    throw new HarnessFault(`No site runs on the data folder ${env().ANTIDOTE_DATA}; 'npm start' starts it.`);
  });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${secret.trim()}` };
  const response = await send(`${localOrigin()}/api/chores/${name}`, () => ({
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  }));
  if (!response.ok) throw await problemOf(response);
  return chores[name].parse(jsonOf(await response.text())) as z.infer<(typeof chores)[Name]>;
}
