import type { z } from 'zod';
import { findToken, siteOrigin } from './credentials.ts';
import { jsonIn, problemOf, send, textIn } from './http.ts';

/**
 * Calls `/api/v1/<path>` of the site, with the token if there is one. Throws SiteProblem where it says no,
 * HarnessFault where it says nothing, and the signal's reason where it is aborted.
 */
export async function callSite<T>(
  schema: z.ZodType<T>,
  path: string,
  signal: AbortSignal,
  body?: unknown,
): Promise<{ value: T; status: number }> {
  const response = await ask(path, 'application/json', signal, body);
  return { value: await jsonIn(response, schema), status: response.status };
}

/** The same for what is no JSON. */
export const textOf = async (path: string, signal: AbortSignal): Promise<string> =>
  textIn(await ask(path, 'text/*', signal));

async function ask(path: string, accept: string, signal: AbortSignal, body?: unknown): Promise<Response> {
  const token = await findToken();
  const headers = {
    accept,
    ...(token && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  const url = `${siteOrigin()}/api/v1/${path}`;
  const response = await send(
    url,
    () => (body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) }),
    { signal },
  );
  if (!response.ok) throw await problemOf(response);
  return response;
}
