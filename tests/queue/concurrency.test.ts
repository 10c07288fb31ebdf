import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { db } from '../../lib/db/client.ts';
import { leaseJob } from '../../lib/db/lease.ts';
import { finishJob, type Verdict } from '../../lib/db/results.ts';
import { onPostgres } from '../support/drivers.ts';
import { eventually } from '../support/eventually.ts';
import * as queue from '../support/queue.ts';
import { requires } from '../support/requires.ts';
import { execute } from '../support/sql.ts';
import { storm } from '../support/storm.ts';

const original = pg.Pool.prototype.query;
/** Every statement from now on is another one: what a programmer could have left out. */
function mutate(change: (text: string) => string): void {
  pg.Pool.prototype.query = function (this: pg.Pool, query: { text: string }, ...rest: unknown[]) {
    return Reflect.apply(original, this, [{ ...query, text: change(query.text) }, ...rest]);
  } as typeof original;
}

describe.runIf(requires('postgresql'))('many runners on one PostgreSQL', () => {
  onPostgres('postgres');
  afterEach(() => {
    pg.Pool.prototype.query = original;
  });

  it('keep every invariant through crashes, zombies, duplicates, failures and cancels; no superseded result is taken', async () => {
    const { violations, superseded, accepted } = await storm({ jobs: 400, runners: 24, seed: 1 });
    expect(violations).toEqual([]);
    expect(superseded.posted).toBeGreaterThan(5);
    expect(superseded.accepted).toBe(0);
    expect(accepted).toBeGreaterThan(200);
  });

  it('four equal results at once, for each of many jobs: one is accepted, and none of the others is told that it is stale', async () => {
    const runner = await queue.makeRunner();
    await queue.clearQueue();
    await queue.makeJobs(
      await queue.makeUser(),
      Array.from({ length: 300 }, (_, seed) => [queue.trialOfSeed(seed)]),
    );
    const verdicts: Verdict[][] = [];
    for (let job = 0; job < 300; job++) {
      const token = queue.newToken();
      const leased = (await leaseJob({ id: runner.id, labels: runner.leaseLabels }, token))!;
      const fence = queue.fenceOf(runner, leased, token);
      const envelope = { payloadType: 'application/vnd.antidote.result+json' as const, payload: '', signatures: [] };
      verdicts.push(
        await Promise.all(
          [1, 2, 3, 4].map(() => finishJob(fence, queue.resultFor(leased), envelope, `sha256:${leased.job}`)),
        ),
      );
    }
    expect(verdicts.map((four) => four.sort())).toEqual(
      Array.from({ length: 300 }, () => ['accepted', 'replay', 'replay', 'replay']),
    );
  });

  it.each(Object.entries(parts))(
    'a job that %s is passed over while another runner is about to get it: nobody waits, nobody has it too',
    async (_, part) => {
      expect(await leaseBesideOneThatHangs(part)).toEqual({ waited: false, got: 'the next job' });
    },
  );

  describe('are caught breaking them', () => {
    /**
     * What goes wrong in the first storm in which anything does: a late post must fall into the moments in which
     * another runner holds the job.
     */
    const broken = async () => {
      for (let seed = 5; seed < 13; seed++)
        try {
          const { violations, superseded } = await storm({ jobs: 80, runners: 12, seed });
          if (violations.length + superseded.accepted > 0) return violations.length + superseded.accepted;
        } catch {
          return 1; // a constraint has refused what the statement would have done
        }
      return 0;
    };

    it('without the fence', async () => {
      mutate((text) =>
        text.replace(
          /j\.attempt = (\$\d+::int) and j\.token_hash = (\$\d+) and j\.runner_id = (\$\d+::uuid)/g,
          '($1 > 0 and $2 <> $3::text)',
        ),
      );
      expect(await broken()).toBeGreaterThan(0);
    });

    it('without the locks', async () => {
      mutate((text) => text.replaceAll('for update skip locked', ''));
      expect(await broken()).toBeGreaterThan(0);
    });

    it('with locks that wait instead of skipping', async () => {
      mutate((text) => text.replaceAll('for update skip locked', 'for update'));
      expect(await leaseBesideOneThatHangs(parts.waits)).toMatchObject({ waited: true });
    });

    it('without unique tokens', async () => {
      await execute(sql`drop index jobs_token`);
      await execute(sql`alter table attempts drop constraint attempts_token_hash_unique`);
      expect(await broken()).toBeGreaterThan(0);
    });
  });
});

type Two = readonly [first: string, next: string];
/** How two waiting jobs become such that a part of the statement that leases would take the first of them. */
type Part = (jobs: Two) => Promise<unknown>;

const parts = {
  waits: async () => {},
  'is run again': async ([first, next]: Two) => {
    const [done] = (await queue.makeJobs(await queue.makeUser(), [[queue.trialOfSeed(2)]])).jobs;
    await execute(sql`update jobs set state = 'cancelled' where id = ${done!}::uuid`);
    await execute(sql`update jobs set checks = ${done!}::uuid where id in (${first}::uuid, ${next}::uuid)`);
    await execute(sql`update jobs set created_at = created_at - interval '1 second' where id = ${first}::uuid`);
  },
  'has a lease that ran out': (jobs: Two) => leaseAndExpire(jobs),
  'has no strike left': async ([first]: Two) => {
    await leaseAndExpire([first]);
    await execute(sql`update jobs set strikes = max_strikes - 1 where id = ${first}::uuid`);
  },
} satisfies Record<string, Part>;

async function leaseAndExpire(jobs: readonly string[]): Promise<void> {
  const { id, leaseLabels: labels } = await queue.makeRunner();
  for (const job of jobs) expect((await leaseJob({ id, labels }, queue.newToken()))?.job).toBe(job);
  for (const job of jobs) await queue.expire(job);
}

/** What a runner gets while another connection has leased the first of two jobs, and not said so yet. */
async function leaseBesideOneThatHangs(part: Part) {
  await queue.clearQueue();
  const two = (await queue.makeJobs(await queue.makeUser(), [[queue.trial], [queue.trialOfSeed(1)]])).jobs;
  const [first, next] = [two[0]!, two[1]!];
  await part([first, next]);
  const { id, leaseLabels: labels } = await queue.makeRunner();
  const other = await queue.makeRunner();
  let waited = false;
  let lease: ReturnType<typeof leaseJob> | undefined;
  await (await db()).transaction(async (hanging) => {
    await hanging.execute(sql`
      update jobs set state = 'leased', attempt = attempt + 1, runner_id = ${other.id}::uuid, token_hash = ${queue.newToken()},
        lease_expires_at = now() + interval '30 seconds', deadline_at = now() + interval '1 hour' where id = ${first}::uuid`);
    lease = leaseJob({ id, labels }, queue.newToken());
    const stuck = async () => (await execute(sql`select 1 from pg_locks where not granted`)).length > 0;
    waited = await Promise.race([lease.then(() => false), eventually(stuck).then(() => true)]);
  });
  const got = (await lease)?.job;
  return { waited, got: got === next ? 'the next job' : got === first ? 'the same job' : 'nothing' };
}
