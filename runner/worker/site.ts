import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { sha256 } from '../../lib/contract/canonical.ts';
import type { ResultEnvelope } from '../../lib/contract/dsse.ts';
import { newKeyPair } from '../../lib/contract/ed25519.ts';
import { signRequest } from '../../lib/contract/http-signature.ts';
import {
  EnrolAnswer,
  type EnrolRequest,
  FailAnswer,
  type FailRequest,
  type Heartbeat,
  HeartbeatAnswer,
  LeaseAnswer,
  LogAnswer,
} from '../../lib/contract/protocol.ts';
import { jsonOf, problemOf, send, textIn } from '../client/http.ts';
import { isOutage } from '../client/site-problem.ts';
import { HarnessFault } from '../errors.ts';
import type { Identity } from './identity.ts';

/** An attempt at a job, and the token by which this runner holds its lease. */
export type Lease = { readonly job: string; readonly attempt: number; readonly leaseToken: string };

/** So long a runner goes on asking for what its work depends on. */
const patienceMs = 600_000;

type Call = { method: 'GET' | 'POST' | 'PUT'; path: string; body?: unknown; type?: string; lease?: string };

/** Trades a one-time code for a place among the site's runners. The key pair is made here, and signs the request. */
export async function enrol(origin: string, request: Omit<EnrolRequest, 'publicKey'>): Promise<Identity> {
  const keys = await newKeyPair();
  const url = `${origin}/api/runner/v1/enrol`;
  const body = new TextEncoder().encode(
    JSON.stringify({ ...request, publicKey: keys.publicKey } satisfies EnrolRequest),
  );
  const key = { id: keys.publicKey, privateKey: keys.privateKey };
  const response = await send(url, async () => ({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(await signRequest({ method: 'POST', url, body }, key)) },
    body,
  }));
  if (!response.ok) throw await problemOf(response);
  return { ...read(EnrolAnswer, await textIn(response)), ...keys, offered: request.labels };
}

/**
 * The site as an enrolled runner sees it. Every call is signed; an answer that says no is a SiteProblem, no answer at
 * all a HarnessFault.
 */
export class Site {
  constructor(
    readonly origin: string,
    private readonly identity: Pick<Identity, 'runner' | 'privateKey'>,
    private readonly pauseMs = 2000,
  ) {}

  /** What it signs with. */
  get key() {
    return { id: this.identity.runner, privateKey: this.identity.privateKey };
  }

  /** A job, or how many seconds to wait before asking again. The same token asked twice is given the same job. */
  async lease(
    leaseToken: string,
    harness: readonly string[],
    seasons: readonly string[],
    signal?: AbortSignal,
  ): Promise<LeaseAnswer | { waitSeconds: number }> {
    const response = await this.call({ method: 'POST', path: 'lease', body: { leaseToken, harness, seasons } }, signal);
    if (response.status === 204)
      return { waitSeconds: Math.min(60, Math.max(0.2, Number(response.headers.get('retry-after')) || 5)) };
    return read(LeaseAnswer, await textIn(response));
  }

  /**
   * The module's text, waited for while the site does not answer. Throws HarnessFault unless it is what its sha256
   * says.
   */
  async module(digest: string, { leaseToken }: Lease, signal: AbortSignal): Promise<string> {
    const response = await this.patiently({ method: 'GET', path: `modules/${digest}`, lease: leaseToken }, signal);
    const text = await textIn(response);
    if ((await sha256(text)) !== digest) throw new HarnessFault(`${this.origin} sent another module than ${digest}.`);
    return text;
  }

  async heartbeat(lease: Lease, beat: Heartbeat, signal?: AbortSignal): Promise<HeartbeatAnswer> {
    return read(
      HeartbeatAnswer,
      await this.text(
        { method: 'POST', path: `${pathOf(lease)}/heartbeat`, body: beat, lease: lease.leaseToken },
        signal,
      ),
    );
  }

  /** The next offset. */
  async log(lease: Lease, offset: number, text: string): Promise<number> {
    const call: Call = {
      method: 'PUT',
      path: `${pathOf(lease)}/log?offset=${offset}`,
      body: text,
      type: 'text/plain; charset=utf-8',
      lease: lease.leaseToken,
    };
    return read(LogAnswer, await this.text(call)).next;
  }

  /**
   * Hands in what may be hours of work: while the site does not answer it is handed in again. The site takes a late one
   * as long as nobody else has the job.
   */
  async result(lease: Lease, envelope: ResultEnvelope, signal: AbortSignal): Promise<void> {
    const path = `${pathOf(lease)}/result`;
    await this.patiently({ method: 'PUT', path, body: envelope, lease: lease.leaseToken }, signal);
  }

  async fail(lease: Lease, request: FailRequest): Promise<FailAnswer> {
    return read(
      FailAnswer,
      await this.text({ method: 'POST', path: `${pathOf(lease)}/fail`, body: request, lease: lease.leaseToken }),
    );
  }

  private async patiently(call: Call, signal: AbortSignal): Promise<Response> {
    for (const begin = performance.now(); ; ) {
      try {
        return await this.call(call, signal);
      } catch (error) {
        if (!isOutage(error) || performance.now() - begin > patienceMs) throw error;
      }
      await sleep(this.pauseMs, undefined, { signal });
    }
  }

  private async text(call: Call, signal?: AbortSignal): Promise<string> {
    return textIn(await this.call(call, signal));
  }

  private async call(
    { method, path, body, type = 'application/json', lease }: Call,
    signal?: AbortSignal,
  ): Promise<Response> {
    const url = `${this.origin}/api/runner/v1/${path}`;
    const bytes =
      body === undefined ? undefined : new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
    const request = async (): Promise<RequestInit> => ({
      method,
      headers: {
        ...(bytes && { 'content-type': type }),
        ...(await signRequest({ method, url, ...(bytes && { body: bytes }), ...(lease && { lease }) }, this.key)),
      },
      ...(bytes && { body: bytes }),
    });
    const response = await send(url, request, { signal });
    if (!response.ok) throw await problemOf(response);
    return response;
  }
}

const pathOf = ({ job, attempt }: Lease) => `jobs/${job}/attempts/${attempt}`;

function read<T>(schema: z.ZodType<T>, text: string): T {
  const parsed = schema.safeParse(jsonOf(text));
  if (!parsed.success)
    throw new HarnessFault(
      `The site speaks another version of the runner's protocol: ${parsed.error.issues[0]?.message}.`,
    );
  return parsed.data;
}
