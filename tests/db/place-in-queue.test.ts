import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { leaseJob } from '../../lib/db/lease.ts';
import { minutesLeft, placesInQueue } from '../../lib/db/place-in-queue.ts';
import { onEveryDriver } from '../support/drivers.ts';
import * as queue from '../support/queue.ts';
import { execute } from '../support/sql.ts';

type Asked = Awaited<ReturnType<typeof queue.makeJobs>>;

onEveryDriver(() => {
  let runner: queue.TestRunner;
  beforeEach(async () => {
    await queue.clearQueue();
    await execute(sql`update runners set last_seen_at = null`);
    await execute(sql`update attempts set outcome = 'released' where outcome = 'succeeded'`);
    runner = await queue.makeRunner();
  });

  /** Jobs of one trial each, of a person of their own, in the queue by these tags. */
  async function ask(vtimes: readonly number[], trials = 1): Promise<Asked> {
    const lists = vtimes.map((_, at) => Array.from({ length: trials }, (_, n) => queue.trialOfSeed(at * trials + n)));
    const asked = await queue.makeJobs(await queue.makeUser(), lists);
    for (const [at, job] of asked.jobs.entries())
      await execute(sql`update jobs set vtime = ${vtimes[at]!}::float8 where id = ${job}::uuid`);
    return asked;
  }
  const lease = async () => (await leaseJob({ id: runner.id, labels: runner.leaseLabels }, queue.newToken()))!.job;
  const heard = (id = runner.id, ago = '0 s') =>
    execute(sql`update runners set last_seen_at = now() - ${ago}::interval where id = ${id}::uuid`);
  /** A minute for each trial. */
  async function succeed(job: string, seconds: number): Promise<void> {
    await execute(sql`update jobs set state = 'succeeded', finished_at = now(), runner_id = null, token_hash = null,
      lease_expires_at = null, deadline_at = null where id = ${job}::uuid`);
    await execute(sql`update attempts set outcome = 'succeeded', ended_at = now(),
      started_at = now() - make_interval(secs => ${seconds}::int) where job_id = ${job}::uuid`);
  }

  it('the place in the queue counts submissions, in the order in which runners take them', async () => {
    const [ada, bob, eve] = [await ask([0, 1, 2, 3, 4, 5]), await ask([1.5, 2.5]), await ask([1.7])];
    const places = async () => {
      const found = await placesInQueue([ada, bob, eve].map(({ evaluation }) => evaluation));
      return [ada, bob, eve].map(({ evaluation }) => found.get(evaluation) ?? null);
    };
    expect(await places()).toEqual([1, 2, 3]);
    for (const job of ada.jobs.slice(0, 2)) expect(await lease()).toBe(job);
    expect(await places(), 'what a runner works on is not in line').toEqual([3, 1, 2]);
    expect(await lease()).toBe(bob.jobs[0]);
    expect(await places()).toEqual([2, 3, 1]);
    expect(await lease()).toBe(eve.jobs[0]);
    expect(await places()).toEqual([1, 2, null]);
  });

  describe('the minutes that are left', () => {
    const left = (...asked: Asked[]) => Promise.all(asked.map(({ evaluation }) => minutesLeft(evaluation)));

    it('are the work before the end of an evaluation at the pace of the last jobs, by the runners that are heard', async () => {
      const done = await ask([0], 2);
      await succeed(await lease(), 120);
      expect(await left(done), 'of what has ended').toEqual([null]);
      await heard();
      const [ada, bob] = [await ask([1, 2, 3]), await ask([4], 2)];
      expect(await left(ada, bob)).toEqual([3, 5]);

      const job = await lease();
      await execute(sql`update jobs set progress = 0.5 where id = ${job}::uuid`);
      expect(await left(ada, bob), '2.5 and 4.5 minutes').toEqual([3, 5]);
      await heard((await queue.makeRunner()).id);
      expect(await left(ada, bob), '1.25 and 2.25 minutes').toEqual([2, 3]);

      await queue.clearQueue();
      await execute(sql`update jobs set state = 'queued' where id = ${bob.jobs[0]}::uuid`);
      await execute(sql`update jobs set progress = 0.25 where id = ${await lease()}::uuid`);
      expect(await left(bob), '2 trials, three quarters of them left').toEqual([2]);
    });

    it('are not known without a job of each suite before it, nor without a runner', async () => {
      const ada = await ask([1]);
      await heard();
      expect(await left(ada), 'no job was done').toEqual([null]);
      await succeed(await lease(), 60);
      const [bob, eve] = [await ask([2]), await ask([3])];
      expect(await left(bob, eve)).toEqual([1, 2]);
      await execute(sql`update jobs set suite = 'core-1' where id = ${bob.jobs[0]}::uuid`);
      expect(await left(bob, eve), 'one of another suite comes before').toEqual([null, null]);
      await execute(sql`update jobs set suite = 'smoke-1' where id = ${bob.jobs[0]}::uuid`);
      await heard(runner.id, '2 minutes');
      expect(await left(eve), 'no runner was heard').toEqual([null]);
      await heard();
      await execute(
        sql`update attempts set started_at = started_at - interval '8 days', ended_at = ended_at - interval '8 days'`,
      );
      expect(await left(eve), 'long ago').toEqual([null]);
    });
  });
});
