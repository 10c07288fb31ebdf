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

  it('a runner that hangs in the middle of leasing holds up nobody', async () => {
    expect(await leaseBesideOneThatHangs()).toBe('another job');
  });

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
      expect(await leaseBesideOneThatHangs()).toBe('nothing');
    });

    it('without unique tokens', async () => {
      await execute(sql`drop index jobs_token`);
      await execute(sql`alter table attempts drop constraint attempts_token_hash_unique`);
      expect(await broken()).toBeGreaterThan(0);
    });
  });
});

/** What a runner gets while another connection sits on the first job of the queue: nothing where it waits for a lock. */
async function leaseBesideOneThatHangs(): Promise<'another job' | 'nothing'> {
  await queue.clearQueue();
  const { jobs } = await queue.makeJobs(await queue.makeUser(), [[queue.trial], [queue.trialOfSeed(1)]]);
  const runner = await queue.makeRunner();
  const database = await db();
  let leasing: Promise<unknown> = Promise.resolve();
  const got = await database.transaction(async (hanging) => {
    await hanging.execute(sql`select id from jobs where id = ${jobs[0]!}::uuid for update`);
    const lease = leaseJob({ id: runner.id, labels: runner.leaseLabels }, queue.newToken());
    leasing = lease;
    const waits = async () => (await execute(sql`select 1 from pg_locks where not granted`)).length > 0;
    return Promise.race([lease, eventually(waits).then(() => null)]);
  });
  await leasing;
  return got?.job === jobs[1] ? 'another job' : 'nothing';
}
