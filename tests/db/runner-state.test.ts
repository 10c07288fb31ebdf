import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../lib/contract/canonical.ts';
import { RunnerOrder, RunnerState } from '../../lib/contract/runner-state.ts';
import { failAttempt, heartbeat } from '../../lib/db/attempts.ts';
import { cancelEvaluation } from '../../lib/db/jobs.ts';
import { leaseJob } from '../../lib/db/lease.ts';
import { finishJob } from '../../lib/db/results.ts';
import { orderRunner } from '../../lib/db/runner-state.ts';
import { findRunner } from '../../lib/db/runners.ts';
import type { SignedIn } from '../../lib/viewer.ts';
import { onEveryDriver } from '../support/drivers.ts';
import * as queue from '../support/queue.ts';
import { execute } from '../support/sql.ts';

onEveryDriver((driver) => {
  let owner: string;
  let organizer: SignedIn;
  let other: queue.TestRunner;
  beforeAll(async () => {
    owner = await queue.makeUser();
    organizer = { id: await queue.makeUser('Olga'), name: 'Olga', role: 'organizer', local: false };
    other = await queue.makeRunner();
  });
  beforeEach(() => queue.clearQueue());

  const order = (id: string, what: RunnerOrder, viewer: SignedIn | null = organizer) =>
    orderRunner(viewer, id, { order: what, reason: 'It smells of smoke.' });
  const stateOf = async (id: string) => (await findRunner(id))?.state;
  const lease = async (by: queue.TestRunner, token = queue.newToken()) => {
    const leased = await leaseJob({ id: by.id, labels: by.leaseLabels }, token);
    return leased && { leased, fence: queue.fenceOf(by, leased, token) };
  };
  const finish = async (by: queue.TestRunner, held: NonNullable<Awaited<ReturnType<typeof lease>>>) => {
    const result = queue.resultFor(held.leased);
    return finishJob(held.fence, result, await queue.sealedBy(by, result), await sha256(JSON.stringify(result)));
  };
  const eventsOf = (id: string) =>
    execute(sql`select kind, data from events where subject = ${id} and kind = 'runner.ordered' order by seq`);

  describe('an order to a runner', () => {
    it('is an organizer’s alone', async () => {
      const runner = await queue.makeRunner();
      const researcher = { ...organizer, id: owner, role: 'researcher' as const };
      for (const what of RunnerOrder.options) {
        await expect(order(runner.id, what, null)).rejects.toMatchObject({ code: 'unauthenticated' });
        await expect(order(runner.id, what, researcher)).rejects.toMatchObject({ code: 'forbidden' });
      }
      expect(await stateOf(runner.id)).toBe('active');
      expect(await eventsOf(runner.id)).toEqual([]);
    });

    it('is an event with who and why', async () => {
      const runner = await queue.makeRunner();
      await order(runner.id, 'drain');
      await order(runner.id, 'activate');
      const data = (what: string, from: string, to: string) => ({
        kind: 'runner.ordered',
        data: { order: what, from, to, by: organizer.id, reason: 'It smells of smoke.' },
      });
      expect(await eventsOf(runner.id)).toEqual([
        data('drain', 'active', 'draining'),
        data('activate', 'draining', 'active'),
      ]);
    });

    it('wants a reason, and a runner that exists', async () => {
      const runner = await queue.makeRunner();
      const blank = orderRunner(organizer, runner.id, { order: 'drain', reason: ' \u200b ' });
      await expect(blank).rejects.toMatchObject({ code: 'invalid' });
      for (const id of ['nobody', '00000000-0000-4000-8000-000000000000'])
        await expect(order(id, 'drain')).rejects.toMatchObject({ code: 'not-found' });
    });

    it.each([
      ['active', ['drain', 'quarantine', 'retire']],
      ['draining', ['quarantine', 'retire', 'activate']],
      ['quarantined', ['retire', 'activate']],
      ['retired', []],
    ] as const)('fits a runner that is %s: %j and no other', async (state, fitting) => {
      expect(RunnerState.options).toContain(state);
      for (const what of RunnerOrder.options) {
        const runner = await queue.makeRunner();
        await queue.setRunnerState(runner.id, state);
        if (fitting.some((one) => one === what)) await order(runner.id, what);
        else {
          await expect(order(runner.id, what)).rejects.toMatchObject({ code: 'conflict' });
          expect(await stateOf(runner.id)).toBe(state);
        }
      }
    });
  });

  describe('to drain', () => {
    it('leaves what the runner has, and gives it nothing more', async () => {
      const { jobs } = await queue.makeJobs(owner, [[queue.trial], [queue.trialOfSeed(1)]]);
      const runner = await queue.makeRunner();
      const held = (await lease(runner))!;
      await order(runner.id, 'drain');
      expect(await heartbeat(held.fence, { phase: '', progress: 0 })).toMatchObject({ drain: true, cancel: false });
      expect(await lease(runner)).toBeNull();
      expect(await finish(runner, held)).toBe('accepted');
      expect(await queue.jobState(jobs[1]!)).toMatchObject({ state: 'queued', strikes: 0 });
      await order(runner.id, 'activate');
      expect((await lease(runner))!.leased.job).toBe(jobs[1]);
    });
  });

  describe.each(['quarantine', 'retire'] as const)('to %s', (what) => {
    it('gives its jobs back at once, without a strike, and takes nothing that it says of them later', async () => {
      const { jobs } = await queue.makeJobs(owner, [[queue.trial], [queue.trialOfSeed(1)]]);
      const runner = await queue.makeRunner();
      const held = [(await lease(runner))!, (await lease(runner))!];
      await order(runner.id, what);
      for (const job of jobs)
        expect(await queue.jobState(job)).toMatchObject({ state: 'queued', strikes: 0, attempt: 1, attempts: 1 });
      const ended = await execute(sql`
        select distinct outcome, reason, ended_at is not null as ended from attempts where runner_id = ${runner.id}::uuid`);
      const reason = what === 'retire' ? 'retired' : 'quarantined';
      expect(ended).toEqual([{ outcome: 'released', reason, ended: true }]);
      expect(await lease(runner)).toBeNull();
      for (const one of held) {
        expect(await heartbeat(one.fence, { phase: '', progress: 1 })).toBeNull();
        expect(await failAttempt(one.fence, { class: 'infra', code: 'no-data', detail: '' })).toBeNull();
        expect(await finish(runner, one)).toBe('stale');
      }
      const next = [(await lease(other))!, (await lease(other))!];
      expect(next.map(({ leased }) => leased.attempt)).toEqual([2, 2]);
      for (const one of held) expect(await finish(runner, one)).toBe('stale');
      for (const one of next) expect(await finish(other, one)).toBe('accepted');
    });

    it('ends a job that was to be cancelled', async () => {
      const { jobs, evaluation } = await queue.makeJobs(owner, [[queue.trial]]);
      const runner = await queue.makeRunner();
      await lease(runner);
      await cancelEvaluation(evaluation, 'withdrawn', { shared: false });
      await order(runner.id, what);
      expect(await queue.jobState(jobs[0]!)).toMatchObject({ state: 'cancelled', strikes: 0 });
    });

    if (driver === 'pglite') return; // one connection: nothing happens in the same moment
    it('leaves nothing leased, also where the runner leases in that very moment', async () => {
      await queue.makeJobs(
        owner,
        Array.from({ length: 60 }, (_, seed) => [queue.trialOfSeed(seed)]),
      );
      for (let round = 0; round < 10; round++) {
        const runner = await queue.makeRunner();
        await Promise.all([lease(runner), lease(runner), order(runner.id, what), lease(runner), lease(runner)]);
        const left = await execute(sql`select 1 from jobs where runner_id = ${runner.id}::uuid`);
        expect(left).toEqual([]);
      }
    });
  });
});
