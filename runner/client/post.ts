import { request } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { NoAnswer } from '../errors.ts';
import { pausesMs, reasonOf } from './http.ts';

type Post = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal?: AbortSignal | undefined;
  readonly limitMs: number;
  /** What to do where no answer comes. */
  readonly advice: () => string;
};

/**
 * A POST to a site of this machine, for work that may take long: fetch gives up on an answer that takes five minutes.
 * It is sent again where nobody listened, and never once it may have been read. Throws NoAnswer, and the signal's
 * reason.
 */
export async function post(url: string, { signal, limitMs, advice, ...sent }: Post): Promise<Response> {
  const { origin } = new URL(url);
  const limit = AbortSignal.timeout(limitMs);
  for (let attempt = 0; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await postOnce(url, { ...sent, signal: AbortSignal.any([limit, ...(signal ? [signal] : [])]) });
    } catch (error) {
      signal?.throwIfAborted();
      if (limit.aborted) throw new NoAnswer(`No answer from ${origin} within ${limitMs / 1000} s. ${advice()}`);
      if (!(error instanceof Unsent))
        throw new NoAnswer(
          `${origin} did not answer (${reasonOf(error)}); it may have done what was asked all the same.`,
        );
      const pauseMs = pausesMs[attempt];
      if (pauseMs === undefined) throw new NoAnswer(`No answer from ${origin} (${error.message}). ${advice()}`);
      await pause(pauseMs);
    }
  }
}

/** No connection was made. */
class Unsent extends Error {}

const postOnce = (url: string, { headers, body, signal }: Pick<Post, 'headers' | 'body'> & { signal: AbortSignal }) =>
  new Promise<Response>((done, fail) => {
    const sending = request(url, { method: 'POST', headers, signal }, (answer) => {
      const { statusCode: status = 500, statusMessage: statusText = '' } = answer;
      const empty = [204, 205, 304].includes(status);
      done(new Response(empty ? null : (Readable.toWeb(answer) as ReadableStream), { status, statusText }));
    });
    let connected = false;
    sending.on('socket', (socket) => {
      connected = !socket.connecting; // one that was kept is connected
      if (!connected)
        socket.once('connect', () => {
          connected = true;
        });
    });
    sending.on('error', (error) => fail(connected || signal.aborted ? error : new Unsent(reasonOf(error)))).end(body);
  });
