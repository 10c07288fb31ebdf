import { afterEach, describe, expect, it } from 'vitest';
import { newKeyPair } from '../../../lib/contract/ed25519.ts';
import { LeaseClock } from '../../../runner/worker/lease-clock.ts';
import { Site } from '../../../runner/worker/site.ts';
import { serve } from '../../support/http-server.ts';

const held = { job: '22222222-2222-4222-8222-222222222222', attempt: 1, leaseToken: 'a'.repeat(43) };
const { privateKey } = await newKeyPair();
let server: Awaited<ReturnType<typeof serve>>;
let clock: LeaseClock;
afterEach(() => {
  clock.end();
  server.close();
});

/** A lease of one second, ten until the deadline, and a site that answers each heartbeat so. */
async function leased(answer: () => { status: number; body: object } | 'silence', deadlineMs = 10_000) {
  server = await serve((_, response) => {
    const said = answer();
    if (said === 'silence') return response.destroy();
    response.writeHead(said.status, { 'content-type': 'application/json' }).end(JSON.stringify(said.body));
  });
  const now = Date.now();
  const lease = {
    leaseSeconds: 1,
    serverTime: new Date(now).toISOString(),
    deadline: new Date(now + deadlineMs).toISOString(),
    asked: performance.now(),
  };
  clock = new LeaseClock(new Site(server.origin, { runner: 'r', privateKey }), held, lease);
  return { stopped: stopped(clock) };
}

const stopped = ({ signal }: LeaseClock) =>
  new Promise<string>((done) => signal.addEventListener('abort', () => done((signal.reason as { why: string }).why)));
const still = (ms: number) => new Promise<'still held'>((done) => setTimeout(() => done('still held'), ms));
const beat = (more: object) => ({
  status: 200,
  body: { leaseExpiresAt: new Date().toISOString(), cancel: false, drain: false, ...more },
});

describe('a lease', () => {
  it('is held as long as heartbeats are answered', async () => {
    const { stopped } = await leased(() => beat({}));
    expect(await Promise.race([stopped, still(2500)])).toBe('still held');
  });

  it('ends by our own clock where no heartbeat is answered', async () => {
    const { stopped } = await leased(() => 'silence');
    const begin = performance.now();
    expect(await stopped).toBe('lease-lost');
    expect(performance.now() - begin).toBeLessThan(1500);
  });

  it('ends by our own clock at the deadline, whatever heartbeats say', async () => {
    const { stopped } = await leased(() => beat({}), 1500);
    const begin = performance.now();
    expect(await stopped).toBe('lease-lost');
    expect(performance.now() - begin).toBeLessThan(2500);
  });

  it('ends at once where the site says that it is lost', async () => {
    const { stopped } = await leased(() => ({ status: 409, body: { code: 'lease-lost' } }));
    const begin = performance.now();
    expect(await stopped).toBe('lease-lost');
    expect(performance.now() - begin).toBeLessThan(900);
  });

  it('ends where the job is cancelled', async () => {
    const { stopped } = await leased(() => beat({ cancel: true }));
    expect(await stopped).toBe('cancelled');
  });

  it('goes on where the site asks to drain: what is held is finished', async () => {
    const { stopped } = await leased(() => beat({ drain: true }));
    expect(await Promise.race([stopped, still(1200)])).toBe('still held');
  });
});
