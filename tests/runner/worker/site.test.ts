import { afterEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../../lib/contract/canonical.ts';
import { newKeyPair } from '../../../lib/contract/ed25519.ts';
import { verifyRequest } from '../../../lib/contract/http-signature.ts';
import { Site } from '../../../runner/worker/site.ts';
import { serve } from '../../support/http-server.ts';

const runner = '11111111-1111-4111-8111-111111111111';
const held = { job: '22222222-2222-4222-8222-222222222222', attempt: 1, leaseToken: 'a'.repeat(43) };
const keys = await newKeyPair();
const { signal } = new AbortController();
const envelope = { payloadType: 'application/vnd.antidote.result+json' as const, payload: '', signatures: [] };
let server: Awaited<ReturnType<typeof serve>>;
afterEach(() => server.close());

describe('the site as a runner sees it', () => {
  it('is told only what the runner signed, lease token included, and never the same words twice', async () => {
    const seen: unknown[] = [];
    server = await serve(async (request, response, body) => {
      const headers = new Headers(
        Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]),
      );
      seen.push(
        await verifyRequest(
          { method: request.method!, urls: [`${server.origin}${request.url}`], headers, body: async () => body },
          async () => keys.publicKey,
        ),
      );
      response.end(JSON.stringify({ state: 'queued' }));
    });
    const site = new Site(server.origin, { runner, privateKey: keys.privateKey });
    for (const detail of ['a', 'a']) await site.fail(held, { class: 'infra', code: 'no-jail', detail });
    expect(seen).toEqual([expect.objectContaining({ ok: true, keyId: runner }), expect.objectContaining({ ok: true })]);
    expect(new Set(seen.map((one) => (one as { nonce: string }).nonce)).size).toBe(2);
  });

  it('is asked again where no answer came, with a fresh signature', async () => {
    const nonces: string[] = [];
    server = await serve((request, response) => {
      nonces.push(/nonce="([^"]+)"/.exec(String(request.headers['signature-input']))![1]!);
      if (nonces.length < 3) response.destroy();
      else response.writeHead(204, { 'retry-after': '7' }).end();
    });
    const site = new Site(server.origin, { runner, privateKey: keys.privateKey });
    expect(await site.lease('b'.repeat(43), ['sha256:x'], [])).toEqual({ waitSeconds: 7 });
    expect(new Set(nonces).size).toBe(3);
  });

  it('is believed at once where it says no', async () => {
    let asked = 0;
    server = await serve((_, response) => {
      asked++;
      response
        .writeHead(409, { 'content-type': 'application/problem+json' })
        .end(JSON.stringify({ code: 'lease-lost', title: 'Lost', detail: 'The lease is lost.' }));
    });
    const site = new Site(server.origin, { runner, privateKey: keys.privateKey });
    await expect(site.heartbeat(held, { phase: '', progress: 0 })).rejects.toMatchObject({
      status: 409,
      code: 'lease-lost',
      message: 'The lease is lost.',
    });
    expect(asked).toBe(1);
  });

  it('is not believed about a module whose sha256 is another', async () => {
    server = await serve((_, response) => response.end('export default 1'));
    const site = new Site(server.origin, { runner, privateKey: keys.privateKey });
    expect(await site.module(await sha256('export default 1'), held, signal)).toBe('export default 1');
    await expect(site.module(await sha256('export default 2'), held, signal)).rejects.toThrow(/another module/);
  });

  it('is given a result again and again while it does not answer, and once when it does', async () => {
    let asked = 0;
    server = await serve((_, response) => {
      asked++;
      if (asked <= 5) response.destroy();
      else response.writeHead(asked <= 8 ? 503 : 201).end('{}');
    });
    const site = new Site(server.origin, { runner, privateKey: keys.privateKey }, 1);
    await site.result(held, envelope, signal);
    expect(asked).toBe(9);
  });

  it.each([409, 422, 500])('is not given a result again that it answers with %i', async (status) => {
    let asked = 0;
    server = await serve((_, response) => {
      asked++;
      response.writeHead(status).end();
    });
    const site = new Site(server.origin, { runner, privateKey: keys.privateKey }, 1);
    await expect(site.result(held, envelope, signal)).rejects.toMatchObject({ status });
    expect(asked).toBe(1);
  });

  it('is not given a result any more once the runner is stopped', async () => {
    const stop = new AbortController();
    server = await serve((_, response) => {
      response.writeHead(503).end();
      stop.abort();
    });
    const site = new Site(server.origin, { runner, privateKey: keys.privateKey }, 1);
    await expect(site.result(held, envelope, stop.signal)).rejects.toThrow(/abort/);
  });
});
