import { z } from 'zod';
import { HarnessFault, NoAnswer } from '../errors.ts';
import { env } from '../host/env.ts';
import { plainLine } from '../plain-text.ts';
import { heldAddress } from './data-holder.ts';
import { SiteProblem } from './site-problem.ts';

const Problem = z.object({
  code: z.string().default('unknown'),
  title: z.string().default(''),
  detail: z.string().default(''),
});

/** Between the tries of what may work the next time. */
export const pausesMs = [250, 1000, 3000];

type Sending = {
  readonly signal?: AbortSignal;
  /** Ends a try, and the reading of its answer: after a minute, unless the answer is long. */
  readonly limit?: () => AbortSignal;
  /** What to do where no answer comes: it names what decided on the address. Without it that is ANTIDOTE_URL. */
  readonly advice?: () => string;
};

function adviceOnUrl(): string {
  const { ANTIDOTE_URL, PORT } = env();
  if (ANTIDOTE_URL) return 'Does the site run, and is ANTIDOTE_URL its address?';
  const local = heldAddress();
  const such = local ? `, such as ${local}, where the site of this machine runs` : '';
  return `Does the site run? ANTIDOTE_URL is not set, so this machine and PORT (${PORT}) are taken; set ANTIDOTE_URL to the address of the site${such}.`;
}

/**
 * One HTTP request. Where no answer comes it is sent again, three times; an answer of any kind is handed back. Throws
 * NoAnswer without one. `request` is asked for each try anew, so that a signature is fresh.
 */
export async function send(
  url: string,
  request: () => Promise<RequestInit> | RequestInit,
  { signal, limit = () => AbortSignal.timeout(60_000), advice = adviceOnUrl }: Sending = {},
): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await fetch(url, {
        redirect: 'manual',
        ...(await request()),
        signal: AbortSignal.any([limit(), ...(signal ? [signal] : [])]),
      });
    } catch (error) {
      signal?.throwIfAborted();
      const pause = pausesMs[attempt];
      if (pause === undefined)
        throw new NoAnswer(`No answer from ${new URL(url).origin} (${reasonOf(error)}). ${advice()}`);
      await new Promise((done) => setTimeout(done, pause));
    }
  }
}

/** Of an answer that names its address. */
const originOf = ({ url }: Response) => (URL.canParse(url) ? new URL(url).origin : 'the site of this machine');

/** Only files are longer, and they are not read as text. */
const longestAnswer = 32 * 2 ** 20;

/** An answer to its end. Throws NoAnswer where it breaks off, and HarnessFault where it has no end. */
export async function textIn(response: Response): Promise<string> {
  const origin = originOf(response);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  try {
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
      size += read.value.length;
      if (size > longestAnswer)
        throw new HarnessFault(`${origin} sends an answer without end; is it an Antidote site?`);
      chunks.push(read.value);
    }
  } catch (error) {
    const { name, code } = error as NodeJS.ErrnoException;
    const isOfConnection = error instanceof TypeError || name === 'TimeoutError' || typeof code === 'string';
    await reader?.cancel().catch(() => undefined);
    throw isOfConnection ? new NoAnswer(`The answer of ${origin} broke off (${reasonOf(error)}).`) : error;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The same as JSON, as the schema has it. Throws HarnessFault for anything else. */
export async function jsonIn<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(jsonOf(await textIn(response)));
  if (parsed.success) return parsed.data;
  throw new HarnessFault(
    `${originOf(response)} is no Antidote site, or of another version: ${parsed.error.issues[0]?.message}.`,
  );
}

/** The problem that an answer tells of. */
export async function problemOf(response: Response): Promise<SiteProblem> {
  const text = await textIn(response);
  const parsed = Problem.safeParse(jsonOf(text));
  const { code, title, detail } = parsed.success ? parsed.data : { code: 'unknown', title: '', detail: '' };
  const sentence = detail || title || `${originOf(response)} answered ${response.status} ${response.statusText}`;
  return new SiteProblem(response.status, code, plainLine(sentence, 1000));
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** fetch hides what happened in `cause`. */
export function reasonOf(error: unknown): string {
  const { message, code, cause } = error as NodeJS.ErrnoException & { cause?: { code?: string } };
  return cause?.code ?? (typeof code === 'string' ? code : message);
}
