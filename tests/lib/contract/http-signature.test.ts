import { createHash, createPublicKey, verify as nodeVerify } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { newKeyPair } from '../../../lib/contract/ed25519.ts';
import { signRequest, verifyRequest } from '../../../lib/contract/http-signature.ts';

const url = 'https://board.example/api/runner/v1/jobs/1/attempts/1/log?offset=0';
const content = new TextEncoder().encode('{"a":1}');
const now = new Date('2026-01-01T00:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

describe('a signed request', () => {
  let keys: { publicKey: string; privateKey: string };
  let headers: Record<string, string>;
  let read = 0;
  beforeAll(async () => {
    keys = await newKeyPair();
    headers = await signRequest(
      { method: 'put', url, body: content, lease: 'token' },
      { id: 'runner-1', privateKey: keys.privateKey },
      now,
    );
  });
  const check = (
    change: Partial<{
      method: string;
      urls: string[];
      headers: Record<string, string>;
      body: Uint8Array;
      now: Date;
    }> = {},
  ) =>
    verifyRequest(
      {
        method: change.method ?? 'PUT',
        urls: change.urls ?? [url],
        headers: new Headers(change.headers ?? headers),
        body: async () => {
          read++;
          return change.body ?? content;
        },
      },
      async (id) => (id === 'runner-1' ? keys.publicKey : null),
      change.now ?? now,
    );

  it('is known as its key’s, with its nonce', async () => {
    expect(await check()).toEqual({
      ok: true,
      keyId: 'runner-1',
      nonce: expect.stringMatching(/^[\w-]{24}$/),
    });
  });

  it('is valid at any of the addresses that the server answers to', async () => {
    expect((await check({ urls: ['https://other.example/', url] })).ok).toBe(true);
  });

  it.each([
    ['another method', { method: 'POST' }, 'wrong-signature'],
    ['another origin', { urls: [url.replace('board', 'evil')] }, 'wrong-signature'],
    ['another query', { urls: [url.replace('offset=0', 'offset=1')] }, 'wrong-signature'],
    ['another body', { body: new TextEncoder().encode('{"a":2}') }, 'wrong-digest'],
    ['no body', { body: new Uint8Array() }, 'wrong-digest'],
    ['a clock five minutes behind', { now: later(-301) }, 'expired'],
    ['a clock five minutes ahead', { now: later(301) }, 'expired'],
  ] as const)('is refused with %s', async (_, change, problem) => {
    expect(await check({ ...change, urls: 'urls' in change ? [...change.urls] : [url] })).toEqual({
      ok: false,
      problem,
    });
  });

  it('covers the lease token: taken away, changed or added, it is refused', async () => {
    const { 'antidote-lease': _, ...without } = headers;
    expect(await check({ headers: without })).toEqual({ ok: false, problem: 'malformed' });
    expect(await check({ headers: { ...headers, 'antidote-lease': 'other' } })).toEqual({
      ok: false,
      problem: 'wrong-signature',
    });
    const bare = await signRequest(
      { method: 'PUT', url, body: content },
      { id: 'runner-1', privateKey: keys.privateKey },
      now,
    );
    expect((await check({ headers: bare })).ok).toBe(true);
    expect(await check({ headers: { ...bare, 'antidote-lease': 'stolen' } })).toEqual({
      ok: false,
      problem: 'malformed',
    });
  });

  it('is refused where it covers less than it must, even by its own word', async () => {
    const input = headers['signature-input']!.replace('"@target-uri" ', '');
    expect(await check({ headers: { ...headers, 'signature-input': input } })).toEqual({
      ok: false,
      problem: 'malformed',
    });
  });

  it('is refused unsigned, by an unknown key, and with a signature of another key', async () => {
    expect(await check({ headers: {} })).toEqual({ ok: false, problem: 'unsigned' });
    const other = await newKeyPair();
    const forged = (id: string) =>
      signRequest({ method: 'PUT', url, body: content }, { id, privateKey: other.privateKey }, now);
    expect(await check({ headers: await forged('runner-2') })).toEqual({ ok: false, problem: 'unknown-key' });
    expect(await check({ headers: await forged('runner-1') })).toEqual({ ok: false, problem: 'wrong-signature' });
  });

  it('has its body read only where its head was signed: nobody keeps a stranger’s', async () => {
    read = 0;
    await check({ headers: {} });
    await check({ headers: { ...headers, 'content-digest': 'sha-256=:AAAA:' } });
    await check({ method: 'POST' });
    await check({ now: later(301) });
    expect(read).toBe(0);
    await check();
    expect(read).toBe(1);
  });

  it('is what RFC 9421 says: another implementation of Ed25519 verifies the base as the standard words it', () => {
    const input = headers['signature-input']!.slice('antidote='.length);
    const base = [
      '"@method": PUT',
      `"@target-uri": ${url}`,
      `"content-digest": sha-256=:${createHash('sha256').update(content).digest('base64')}:`,
      '"antidote-lease": token',
      `"@signature-params": ${input}`,
    ].join('\n');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: keys.publicKey }, format: 'jwk' });
    const signature = Buffer.from(headers.signature!.slice('antidote=:'.length, -1), 'base64');
    expect(nodeVerify(null, Buffer.from(base), key, signature)).toBe(true);
  });
});
