import type { z } from 'zod';
import { HarnessFault, UsageError } from '../errors.ts';
import { env } from '../host/env.ts';
import { dataPath } from '../host/places.ts';
import { readIfThere } from '../host/read-if-there.ts';
import { heldAddress, otherHolder } from './data-holder.ts';
import { jsonIn, problemOf } from './http.ts';
import { post } from './post.ts';

export const choresSecretFile = () => dataPath('chores.secret');

/**
 * The site that this process starts, as this machine reaches it: by its name on loopback, unless it listens on one
 * other address alone.
 */
export function localOrigin(): string {
  const { HOST, PORT } = env();
  const onLoopback = ['localhost', '::1', '0.0.0.0', '::'].includes(HOST) || HOST.startsWith('127.');
  return `http://${onLoopback ? 'localhost' : HOST}:${PORT}`;
}

/** The site of the data folder: where `npm start` wrote that it answers, else where HOST and PORT say. */
export const siteOfData = () => heldAddress() ?? localOrigin();

/**
 * Asks a chore (lib/catalog/chores.ts) of the running site of the data folder, over loopback. Throws HarnessFault where
 * it does not run, UsageError where another site answers in its place, and the signal’s reason.
 */
export async function callChore<Body, Answer>(
  { name, answer }: { name: string; body: z.ZodType<unknown, Body>; answer: z.ZodType<Answer> },
  body: Body,
  { limitMs = 60_000, signal }: { limitMs?: number; signal?: AbortSignal } = {},
): Promise<Answer> {
  const secret = await readIfThere(choresSecretFile());
  if (secret === null)
    throw new HarnessFault(
      otherHolder()
        ? adviceOnData()
        : `No site runs on the data folder ${dataPath()}; 'npm start' starts it, and ANTIDOTE_DATA names another folder.`,
    );
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${secret.trim()}` };
  const origin = siteOfData();
  const response = await post(`${origin}/api/chores/${name}`, {
    headers,
    body: JSON.stringify(body),
    signal,
    limitMs,
    advice: adviceOnData,
  });
  if (response.ok)
    return jsonIn(response, answer).catch((error) => {
      signal?.throwIfAborted();
      throw error;
    });
  const problem = await problemOf(response);
  if (problem.status !== 401) throw problem;
  throw new UsageError(
    `The site at ${origin} has another data folder than ${dataPath()}: set PORT to the port of the site that you mean, or ANTIDOTE_DATA to its folder.`,
  );
}

/** What to do where the site of the data folder does not answer. ANTIDOTE_URL has no part in it. */
export function adviceOnData(): string {
  const holder = otherHolder();
  const portToo = heldAddress() === null ? ', or set PORT to the port that it printed' : '';
  return holder
    ? `Process ${holder} runs the site of the data folder ${dataPath()}, which does not answer yet; try again in a minute${portToo}.`
    : `No npm start runs on the data folder ${dataPath()}: start it, or set ANTIDOTE_DATA to the folder of the site that runs. One that was started in another way is found by PORT.`;
}
