import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SiteProblem } from '../../../runner/client/site-problem.ts';
import { LeaseClock } from '../../../runner/worker/lease-clock.ts';

const held = { job: '22222222-2222-4222-8222-222222222222', attempt: 1, leaseToken: 'a'.repeat(43) };
const leaseSeconds = 30;
type Answer = { leaseExpiresAt: string; cancel: boolean; drain: boolean };

let clock: LeaseClock;
beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance', 'Date'] }));
afterEach(() => {
  clock.end();
  vi.useRealTimers();
});

/** A lease of 30 s, an hour until the deadline, and a site that answers each heartbeat so. */
function lease(heartbeat: () => Promise<Answer>, deadlineSeconds = 3600): void {
  const now = Date.now();
  const at = {
    leaseSeconds,
    serverTime: new Date(now).toISOString(),
    deadline: new Date(now + deadlineSeconds * 1000).toISOString(),
    asked: performance.now(),
  };
  clock = new LeaseClock({ heartbeat }, held, at);
}
const answers = (more: Partial<Answer> = {}) =>
  Promise.resolve({ leaseExpiresAt: new Date().toISOString(), cancel: false, drain: false, ...more });
const passed = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);
/** Why the job was stopped, or null while the lease is held. */
const stopped = () => (clock.signal.aborted ? (clock.signal.reason as { why: string }).why : null);

describe('a lease', () => {
  it('is held as long as heartbeats are answered', async () => {
    lease(() => answers());
    await passed(3500);
    expect(stopped()).toBeNull();
  });

  it.each([
    ['is refused', () => Promise.reject(new Error('connection refused'))],
    ['stays without an answer', () => new Promise<never>(() => {})],
  ])('ends by our own clock where every heartbeat %s', async (_, heartbeat) => {
    lease(heartbeat);
    await passed(leaseSeconds - 0.1);
    expect(stopped()).toBeNull();
    await passed(0.4);
    expect(stopped()).toBe('lease-lost');
  });

  it('counts from the moment that the last answered heartbeat was sent', async () => {
    let beats = 0;
    lease(() => (++beats === 1 ? answers() : Promise.reject(new Error('connection refused'))));
    await passed(10 + leaseSeconds - 0.1);
    expect(stopped()).toBeNull();
    await passed(0.4);
    expect(stopped()).toBe('lease-lost');
  });

  it('ends by our own clock at the deadline, whatever heartbeats say', async () => {
    lease(() => answers(), 75);
    await passed(74.9);
    expect(stopped()).toBeNull();
    await passed(0.4);
    expect(stopped()).toBe('lease-lost');
  });

  it('ends at once where the site says that it is lost', async () => {
    const problem = new SiteProblem(409, 'lease-lost', 'The lease is lost.');
    lease(() => Promise.reject(problem));
    await passed(10);
    expect(stopped()).toBe('lease-lost');
  });

  it('ends where the job is cancelled', async () => {
    lease(() => answers({ cancel: true }));
    await passed(10);
    expect(stopped()).toBe('cancelled');
  });

  it('goes on where the site asks to drain: what is held is finished', async () => {
    lease(() => answers({ drain: true }));
    await passed(600);
    expect(stopped()).toBeNull();
  });
});
