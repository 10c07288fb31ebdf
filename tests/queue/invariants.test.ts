import { sql } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sha256 } from '../../lib/contract/canonical.ts';
import { appendLog, attemptState, type Fence, failAttempt, heartbeat } from '../../lib/db/attempts.ts';
import { cancelEvaluation } from '../../lib/db/jobs.ts';
import { leaseJob } from '../../lib/db/lease.ts';
import { quotaOf } from '../../lib/db/quota.ts';
import { finishJob } from '../../lib/db/results.ts';
import { onEveryDriver } from '../support/drivers.ts';
import * as queue from '../support/queue.ts';
import { execute } from '../support/sql.ts';

onEveryDriver((driver) => {
  let owner: string;
  let runner: queue.TestRunner;
  let other: queue.TestRunner;
  beforeAll(async () => {
    owner = await queue.makeUser();
    runner = await queue.makeRunner();
    other = await queue.makeRunner();
  });
  beforeEach(() => queue.clearQueue());
  afterEach(() => vi.useRealTimers());

  const oneJob = async () => (await queue.makeJobs(owner, [[queue.trial]])).jobs[0]!;
  const lease = async (by: queue.TestRunner = runner, token = queue.newToken()) => {
    const leased = await leaseJob({ id: by.id, labels: by.leaseLabels }, token);
    return leased && { leased, token, fence: queue.fenceOf(by, leased, token) };
  };
  const finish = async (by: queue.TestRunner, held: NonNullable<Awaited<ReturnType<typeof lease>>>, change = {}) => {
    const result = queue.resultFor(held.leased, change);
    return finishJob(held.fence, result, await queue.sealedBy(by, result), await sha256(JSON.stringify(result)));
  };
  const released = { class: 'released', code: 'drained', detail: '' } as const;
  const infra = { class: 'infra', code: 'no-data', detail: 'The disk is gone.' } as const;
  const soon = (job: string) => execute(sql`update jobs set run_after = now() where id = ${job}::uuid`);
  const cancel = (evaluation: string) => cancelEvaluation(evaluation, 'withdrawn', { shared: false });

  describe('the queue', () => {
    it('I1: has at most one live lease per job', async () => {
      await oneJob();
      expect(await lease()).not.toBeNull();
      expect(await lease(other)).toBeNull();
    });

    it('I2: counts attempts up by one per lease, without gaps, and has one attempt row for each', async () => {
      const job = await oneJob();
      for (const attempt of [1, 2, 3]) {
        const held = (await lease())!;
        expect(held.leased.attempt).toBe(attempt);
        if (attempt < 3) await failAttempt(held.fence, released);
      }
      await queue.expire(job);
      expect((await lease(other))!.leased.attempt).toBe(4);
      expect(await queue.jobState(job)).toMatchObject({ attempt: 4, attempts: 4 });
      const rows = await execute<{ attempt: number }>(
        sql`select attempt from attempts where job_id = ${job}::uuid order by attempt`,
      );
      expect(rows.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
    });

    describe('I3: writes nothing for whoever does not hold the job', () => {
      it.each([
        ['another attempt', (fence: Fence) => ({ ...fence, attempt: fence.attempt + 1 })],
        ['another token', (fence: Fence) => ({ ...fence, token: queue.newToken() })],
        ['another runner', (fence: Fence) => ({ ...fence, runner: other.id })],
      ])('%s', async (_, change) => {
        const job = await oneJob();
        const held = (await lease())!;
        const wrong = { ...held, fence: change(held.fence) };
        expect(await heartbeat(wrong.fence, { phase: 'x', progress: 0.5 })).toBeNull();
        expect(await appendLog(wrong.fence, 0, Buffer.from('x'))).toEqual({ verdict: 'lost' });
        expect(await failAttempt(wrong.fence, infra)).toBeNull();
        expect(await finish(runner, wrong)).toBe('stale');
        expect(await queue.jobState(job)).toMatchObject({ state: 'leased', strikes: 0, results: 0 });
      });

      it('nor for its own attempt once the job is not leased', async () => {
        await oneJob();
        const held = (await lease())!;
        await failAttempt(held.fence, released);
        expect(await heartbeat(held.fence, { phase: 'x', progress: 0.5 })).toBeNull();
        expect(await finish(runner, held)).toBe('stale');
      });
    });

    it('I4: lets the database’s clock alone decide that a lease ran out', async () => {
      const job = await oneJob();
      await lease();
      if (driver !== 'pglite') {
        vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 }); // PGlite's clock is this process's own
        expect(await lease(other)).toBeNull();
        vi.useRealTimers();
      }
      await queue.expire(job);
      expect(await lease(other)).not.toBeNull();
    });

    it('I5: stores one result per job, in the statement that ends it, and never changes it', async () => {
      const job = await oneJob();
      const held = (await lease())!;
      expect(await finish(runner, held)).toBe('accepted');
      expect(await queue.jobState(job)).toMatchObject({ state: 'succeeded', results: 1 });
      const before = await execute(sql`select * from results where job_id = ${job}::uuid`);
      expect(await finish(runner, held)).toBe('replay');
      expect(await finish(runner, held, { cleanAccuracy: 0.9 })).toBe('conflict');
      expect(await execute(sql`select * from results where job_id = ${job}::uuid`)).toEqual(before);
      await expect(
        execute(
          sql`insert into results (job_id, attempt, runner_id, sha256, envelope, payload, trials) select job_id, 9, runner_id, 'x', '{}', '{}', '[]' from results where job_id = ${job}::uuid`,
        ),
      ).rejects.toThrow();
    });

    describe('I6: leaves what has ended as it is', () => {
      const ends: Record<
        string,
        (held: NonNullable<Awaited<ReturnType<typeof lease>>>, job: string, evaluation: string) => Promise<unknown>
      > = {
        succeeded: (held) => finish(runner, held),
        cancelled: async (held, _, evaluation) => {
          await cancel(evaluation);
          await failAttempt(held.fence, { class: 'released', code: 'cancelled', detail: '' });
        },
        dead: async (_, job) => {
          await execute(sql`update jobs set strikes = 2 where id = ${job}::uuid`);
          await queue.expire(job);
          await lease(other);
        },
      };
      it.each(Object.entries(ends))('%s', async (state, end) => {
        const { jobs, evaluation } = await queue.makeJobs(owner, [[queue.trial]]);
        const job = jobs[0]!;
        const held = (await lease())!;
        await end(held, job, evaluation);
        const ended = await queue.jobState(job);
        expect(ended.state).toBe(state);
        await cancel(evaluation);
        expect(await failAttempt(held.fence, infra)).toBeNull();
        expect(await heartbeat(held.fence, { phase: 'x', progress: 1 })).toBeNull();
        expect(await lease(other)).toBeNull();
        if (state !== 'succeeded') expect(await finish(runner, held)).toBe('stale');
        expect(await queue.jobState(job)).toEqual(ended);
      });
    });

    it('I7: takes a late result as long as the job was not given to another, and none after that', async () => {
      const late = await oneJob();
      const held = (await lease())!;
      await queue.expire(late, 'deadline');
      expect(await finish(runner, held)).toBe('accepted');

      const superseded = await oneJob();
      const first = (await lease())!;
      await queue.expire(superseded);
      const second = (await lease(other))!;
      expect(await finish(runner, first)).toBe('stale');
      expect(await finish(other, second)).toBe('accepted');
      expect(await finish(runner, first)).toBe('stale');
    });

    it('I8: gives the same job for the same token, so that a lost answer is safe', async () => {
      await queue.makeJobs(owner, [[queue.trial], [queue.trialOfSeed(1)]]);
      const token = queue.newToken();
      const first = (await lease(runner, token))!;
      const again = (await lease(runner, token))!;
      expect(again.leased).toMatchObject({ job: first.leased.job, attempt: 1 });
      await queue.expire(first.leased.job);
      expect((await lease(runner, token))!.leased).toMatchObject({ job: first.leased.job, attempt: 1 });
      expect(await lease(other, token)).toBeNull();
    });

    it('I9: never lets one token hold two jobs, not even one after the other', async () => {
      await queue.makeJobs(owner, [[queue.trial], [queue.trialOfSeed(1)]]);
      const token = queue.newToken();
      const first = (await lease(runner, token))!;
      await finish(runner, first);
      expect(await lease(runner, token)).toBeNull();
      const second = (await lease())!;
      await expect(
        execute(
          sql`update attempts set token_hash = (select token_hash from attempts where job_id = ${first.leased.job}::uuid) where job_id = ${second.leased.job}::uuid`,
        ),
      ).rejects.toThrow();
    });

    it('I10: ends a lease at the deadline, whatever heartbeats say', async () => {
      const job = await oneJob();
      const held = (await lease())!;
      await execute(sql`update jobs set deadline_at = now() + interval '3 seconds' where id = ${job}::uuid`);
      const beat = (await heartbeat(held.fence, { phase: 'training', progress: 0.2 }))!;
      const [row] = await execute<{ capped: boolean }>(
        sql`select lease_expires_at = deadline_at as capped from jobs where id = ${job}::uuid`,
      );
      expect(row!.capped).toBe(true);
      expect(Date.parse(beat.leaseExpiresAt)).toBeLessThan(Date.now() + 5000);
      await queue.expire(job, 'deadline');
      expect(await heartbeat(held.fence, { phase: 'training', progress: 0.3 })).toBeNull();
      expect((await lease(other))!.leased.attempt).toBe(2);
    });

    it('I11: ends a cancelled job even if its runner has died, or does not listen', async () => {
      const { jobs, evaluation } = await queue.makeJobs(owner, [[queue.trial], [queue.trialOfSeed(1)]]);
      const held = (await lease())!;
      await cancel(evaluation);
      expect(await queue.jobState(jobs[1]!)).toMatchObject({ state: 'cancelled', cancelReason: 'withdrawn' });
      const before = await execute(sql`select lease_expires_at from jobs where id = ${held.leased.job}::uuid`);
      expect(await heartbeat(held.fence, { phase: 'x', progress: 0 })).toMatchObject({ cancel: true });
      expect(await execute(sql`select lease_expires_at from jobs where id = ${held.leased.job}::uuid`)).toEqual(before);
      await queue.expire(held.leased.job);
      expect(await lease(other)).toBeNull();
      expect(await queue.jobState(jobs[0]!)).toMatchObject({ state: 'cancelled' });
    });

    it('I12: strikes are the attempts that expired or failed on our side; the last one ends the job', async () => {
      const job = await oneJob();
      await lease();
      await queue.expire(job);
      await failAttempt((await lease(other))!.fence, released);
      await failAttempt((await lease(other))!.fence, infra);
      expect(await queue.jobState(job)).toMatchObject({ state: 'queued', attempt: 3, strikes: 2 });
      expect(await lease()).toBeNull(); // it waits a little after a failure
      await soon(job);
      expect(await failAttempt((await lease())!.fence, infra)).toBe('dead');
      const rows = await execute<{ outcome: string }>(
        sql`select outcome from attempts where job_id = ${job}::uuid order by attempt`,
      );
      expect(rows.map(({ outcome }) => outcome)).toEqual(['expired', 'released', 'infra', 'infra']);
      expect(await queue.jobState(job)).toMatchObject({ state: 'dead', strikes: 3 });
    });

    it('waits twice as long after each failure on our side, and never longer than five minutes', async () => {
      const job = await oneJob();
      await execute(sql`update jobs set max_strikes = 100 where id = ${job}::uuid`);
      const waits = async (strikes: number) => {
        await execute(sql`update jobs set strikes = ${strikes}::int where id = ${job}::uuid`);
        await soon(job);
        await failAttempt(((await lease()) ?? (await lease(other)))!.fence, infra);
        const [row] = await execute<{ seconds: number }>(
          sql`select extract(epoch from run_after - max(a.ended_at))::int as seconds
            from jobs join attempts a on a.job_id = id where id = ${job}::uuid group by run_after`,
        );
        return row!.seconds;
      };
      for (const [strikes, seconds] of [
        [0, 5],
        [1, 10],
        [2, 20],
        [18, 300],
        [90, 300],
      ] as const)
        expect(await waits(strikes)).toBe(seconds);
    });

    describe('a job that failed on one runner', () => {
      const failed = async () => {
        const job = await oneJob();
        await failAttempt((await lease())!.fence, infra);
        await soon(job);
        return job;
      };

      it('goes to another one first, and back to it when that one failed too', async () => {
        const job = await failed();
        expect(await lease()).toBeNull();
        await failAttempt((await lease(other))!.fence, infra);
        await soon(job);
        expect((await lease())!.leased.attempt).toBe(3);
      });

      it('goes to another one first, where its lease ran out too', async () => {
        const job = await oneJob();
        for (const attempt of [1, 2]) {
          expect((await lease())!.leased.attempt).toBe(attempt); // the first is only known to be over once it is leased anew
          await queue.expire(job);
        }
        expect(await lease()).toBeNull();
        expect((await lease(other))!.leased.attempt).toBe(3);
      });

      it('waits a quarter of an hour for another one, and not longer', async () => {
        const job = await failed();
        const since = (minutes: number) =>
          execute(
            sql`update jobs set run_after = now() - make_interval(mins => ${minutes}::int) where id = ${job}::uuid`,
          );
        await since(14);
        expect(await lease()).toBeNull();
        await since(16);
        expect(await lease()).not.toBeNull();
      });

      it.each([
        ['is not active', sql`state = 'draining'`],
        ['was not heard of for ten minutes', sql`last_seen_at = now() - interval '11 minutes'`],
        ['lacks what the job needs', sql`labels = '{}'`],
      ])('comes back to it where the only other one %s', async (_, change) => {
        await failed();
        const [before] = await execute<{ labels: string[] }>(
          sql`select labels from runners where id = ${other.id}::uuid`,
        );
        await execute(sql`update runners set ${change} where id = ${other.id}::uuid`);
        expect(await lease()).not.toBeNull();
        await execute(
          sql`update runners set state = 'active', last_seen_at = now(), labels = string_to_array(${before!.labels.join(' ')}, ' ') where id = ${other.id}::uuid`,
        );
      });
    });

    it('I13: a drained runner’s attempt costs no strike, however often', async () => {
      const job = await oneJob();
      for (let drain = 0; drain < 5; drain++)
        expect(await failAttempt((await lease())!.fence, released)).toBe('queued');
      expect(await queue.jobState(job)).toMatchObject({ state: 'queued', strikes: 0, attempt: 5 });
    });

    it('I14: is fair between owners: one who asks for a hundred jobs does not hold up one who asks for one', async () => {
      const greedy = await queue.makeUser('Greedy');
      const modest = await queue.makeUser('Modest');
      await queue.makeJobs(
        greedy,
        Array.from({ length: 100 }, (_, seed) => [queue.trialOfSeed(seed)]),
      );
      await lease();
      const { jobs } = await queue.makeJobs(modest, [[queue.trial]]);
      const turns = [(await lease())!.leased.job, (await lease())!.leased.job];
      expect(turns).toContain(jobs[0]);
      const second = await queue.makeJobs(modest, [[queue.trialOfSeed(7)], [queue.trialOfSeed(8)]]);
      const next = [];
      for (let turn = 0; turn < 5; turn++) next.push((await lease())!.leased.job);
      expect(next.filter((job) => second.jobs.includes(job))).toHaveLength(2); // in turns, not after the hundred, and not before all of them
    });

    it('I15: reaps leases that ran out within the call that leases, without any other clockwork', async () => {
      const mine = await queue.makeJobs(owner, [[queue.trial], [queue.trialOfSeed(1)]]);
      await lease();
      await lease();
      for (const job of mine.jobs) await queue.expire(job);
      await execute(sql`update jobs set strikes = 2 where id = ${mine.jobs[0]!}::uuid`);
      expect((await lease(other))!.leased).toMatchObject({ job: mine.jobs[1], attempt: 2 });
      expect(await queue.jobState(mine.jobs[0]!)).toMatchObject({ state: 'dead', strikes: 3 });
      const open = await execute(
        sql`select 1 from attempts where job_id = any(array[${mine.jobs[0]!}::uuid, ${mine.jobs[1]!}::uuid]) and ended_at is null`,
      );
      expect(open).toHaveLength(1);
    });

    it('I17: charges an evaluation to the quota, cancelled or not, but not one that our side gave up', async () => {
      const user = { id: await queue.makeUser('Eve'), name: 'Eve', role: 'researcher' as const, local: false };
      const used = async () => (await quotaOf(user, 'smoke-1')).used;
      const first = await queue.makeJobs(user.id, [[queue.trial], [queue.trialOfSeed(1)]]);
      expect(await used()).toBe(1);
      await cancel(first.evaluation);
      expect(await used()).toBe(1);

      const second = await queue.makeJobs(user.id, [[queue.trial], [queue.trialOfSeed(1)]]);
      const held = (await lease())!;
      await cancel(second.evaluation);
      await failAttempt(held.fence, { class: 'released', code: 'cancelled', detail: '' });
      expect(await used()).toBe(2);

      const third = await queue.makeJobs(user.id, [[queue.trial]]);
      expect(await used()).toBe(3);
      await execute(sql`update jobs set strikes = 2 where id = ${third.jobs[0]!}::uuid`);
      await failAttempt((await lease())!.fence, infra);
      expect(await used()).toBe(2);
    });

    it('lets a job run for ten minutes a trial: longer than a module that stays below its limit can take', async () => {
      await queue.makeJobs(owner, [[queue.trial, queue.trialOfSeed(1), queue.trialOfSeed(2)]]);
      const { leased } = (await lease())!;
      expect((Date.parse(leased.deadline) - Date.parse(leased.serverTime)) / 1000).toBeCloseTo(1800, 0);
    });

    it('keeps what a runner says of its work as plain text', async () => {
      const job = await oneJob();
      const { fence } = (await lease())!;
      await heartbeat(fence, { phase: 'crafting\u202e it\n', progress: 0.5 });
      const [row] = await execute<{ phase: string }>(sql`select phase from jobs where id = ${job}::uuid`);
      expect(row!.phase).toBe('crafting it');
    });

    it('gives a job only to a runner that has all of its labels', async () => {
      await oneJob();
      const bare = await queue.makeRunner('official', ['engine:wasm']);
      const community = await queue.makeRunner('community', ['engine:wasm', 'jail']);
      expect(await lease(bare)).toBeNull();
      expect(await lease(community)).toBeNull();
      expect(await lease(runner)).not.toBeNull();
      await queue.makeJobs(owner, [[queue.trial]], { ours: true });
      const leased = (await lease(bare))!.leased;
      expect(leased.baseline).toBe('none');
    });

    it('passes over a job for another harness, if the runner says which it has', async () => {
      await oneJob();
      const labels = runner.leaseLabels;
      expect(await leaseJob({ id: runner.id, labels }, queue.newToken(), [`sha256:${'c'.repeat(64)}`])).toBeNull();
      expect(await leaseJob({ id: runner.id, labels }, queue.newToken(), [queue.harnessDigest])).not.toBeNull();
    });
  });

  describe('the log of an attempt', () => {
    it('grows at its end only; the same bytes at the same place change nothing', async () => {
      const job = await oneJob();
      const { fence } = (await lease())!;
      expect(await appendLog(fence, 0, Buffer.from('héllo '))).toEqual({ verdict: 'appended', next: 7 });
      expect(await appendLog(fence, 0, Buffer.from('héllo '))).toEqual({ verdict: 'known', next: 7 });
      expect(await appendLog(fence, 0, Buffer.from('other'))).toEqual({ verdict: 'gap', next: 7 });
      expect(await appendLog(fence, 9, Buffer.from('x'))).toEqual({ verdict: 'gap', next: 7 });
      expect(await appendLog(fence, 7, Buffer.from([0, 255]))).toEqual({ verdict: 'appended', next: 9 });
      expect(await appendLog(fence, 9, new Uint8Array(1_048_576))).toEqual({ verdict: 'full' });
      const [row] = await execute<{ log: string }>(
        sql`select encode(log, 'hex') as log from attempts where job_id = ${job}::uuid`,
      );
      expect(row!.log).toBe(Buffer.concat([Buffer.from('héllo '), Buffer.from([0, 255])]).toString('hex'));
    });
  });

  describe('what the site says of an attempt', () => {
    it('is told to the runner that made it, and to no other', async () => {
      await oneJob();
      const { fence } = (await lease())!;
      expect(await attemptState(fence)).toMatchObject({ state: 'leased', live: true, outcome: null, endedAt: null });
      expect(await attemptState({ ...fence, runner: other.id })).toBeNull();
      expect(await attemptState({ ...fence, token: queue.newToken() })).toBeNull();
      await failAttempt(fence, infra);
      expect(await attemptState(fence)).toMatchObject({
        state: 'queued',
        live: false,
        outcome: 'infra',
        reason: 'no-data',
      });
      expect(await failAttempt(fence, infra)).toBe('queued'); // said twice, it counts once
      expect(await queue.jobState(fence.job)).toMatchObject({ strikes: 1 });
    });
  });
});
