import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { smoke1 } from '../../lib/catalog/suites/smoke-1.ts';
import { completeJob } from '../../lib/complete-job.ts';
import type { JobResult } from '../../lib/contract/result.ts';
import { audit } from '../../lib/db/audit.ts';
import { boardsVersion } from '../../lib/db/boards-version.ts';
import { budgetCurves, pointOf } from '../../lib/db/budget-curves.ts';
import { checkCounts, checksOfEvaluation, decide, endOldChecks, openDisputes } from '../../lib/db/checks.ts';
import { decideCheck } from '../../lib/db/decide-check.ts';
import { evaluationsOf } from '../../lib/db/evaluation-views.ts';
import { leaseJob } from '../../lib/db/lease.ts';
import { quotaOf } from '../../lib/db/quota.ts';
import { standings } from '../../lib/db/standings.ts';
import { onEveryDriver } from '../support/drivers.ts';
import * as queue from '../support/queue.ts';
import { setRunnerState } from '../support/queue.ts';
import { execute } from '../support/sql.ts';
import { untimed } from '../support/untimed.ts';

onEveryDriver(() => {
  let owner: string;
  let runners: queue.TestRunner[];
  beforeAll(async () => {
    owner = await queue.makeUser();
    runners = [await queue.makeRunner(), await queue.makeRunner(), await queue.makeRunner()];
  });
  beforeEach(async () => {
    await queue.clearQueue();
    for (const { id } of runners) await setRunnerState(id, 'active');
  });

  const leaseBy = async (runner: queue.TestRunner) => {
    const token = queue.newToken();
    const leased = await leaseJob({ id: runner.id, labels: runner.leaseLabels }, token);
    return leased && { leased, token };
  };
  type Held = NonNullable<Awaited<ReturnType<typeof leaseBy>>>;
  const post = async (
    runner: queue.TestRunner,
    { leased, token }: Held,
    change: (result: JobResult) => void = () => {},
  ) => {
    const result = queue.resultFor(leased);
    change(result);
    expect(await completeJob(runner, queue.fenceOf(runner, leased, token), await queue.sealedBy(runner, result))).toBe(
      'accepted',
    );
  };
  /**
   * Two jobs, of which the first is one of those that run twice, and the second is not. Both are done by the first
   * runner.
   */
  const evaluated = async () => {
    const made = await queue.makeJobs(owner, [[queue.trial], [queue.trialOfSeed(1)]]);
    const [twice, once] = made.jobs as [string, string];
    const keyed = (job: string, digits: string) =>
      execute(
        sql`update jobs set key = 'sha256:' || ${digits} || substr(md5(random()::text), 1, 24) where id = ${job}::uuid`,
      );
    await keyed(twice, '0ccccccb');
    await keyed(once, '0ccccccd');
    for (const _ of made.jobs) await post(runners[0]!, (await leaseBy(runners[0]!))!);
    return { ...made, twice, once };
  };
  const checksOf = (job: string) =>
    execute<{ id: string; state: string }>(
      sql`select id, state from jobs where checks = ${job}::uuid order by created_at`,
    );
  const otherAccuracy = (result: JobResult) => {
    result.trials[0]!.cleanAccuracy = 0.8500000000000001;
  };
  const view = async (submission: string) => (await evaluationsOf(submission))[0]!;
  const disputed = async () => {
    const made = await evaluated();
    await post(runners[1]!, (await leaseBy(runners[1]!))!, otherAccuracy);
    return made;
  };

  it('a dispute takes the row off the board and its decision brings it back, each with another version of the boards', async () => {
    await evaluated();
    const versions = [await boardsVersion()];
    await post(runners[1]!, (await leaseBy(runners[1]!))!, otherAccuracy);
    versions.push(await boardsVersion());
    const [{ job } = { job: '' }] = await openDisputes(null);
    await decide(job, 'first', 'It is the other machine.');
    versions.push(await boardsVersion());
    expect(new Set(versions).size).toBe(3);
  });

  it('of the jobs, those whose key begins below a twentieth are run again, by another runner than the first', async () => {
    const { twice, once } = await evaluated();
    expect(await checksOf(twice)).toMatchObject([{ state: 'queued' }]);
    expect(await checksOf(once)).toEqual([]);
    expect(await leaseBy(runners[0]!)).toBeNull();
    const held = (await leaseBy(runners[1]!))!;
    expect(held.leased.job).toBe((await checksOf(twice))[0]!.id);
    await queue.expire(held.leased.job);
    expect(await leaseBy(runners[0]!)).toBeNull();
    await post(runners[2]!, (await leaseBy(runners[2]!))!);
    expect(await checksOf(twice)).toHaveLength(1); // a check is not checked
  });

  it('a job that is run again comes after all others, and counts for no quota, no place and no state', async () => {
    const user = { id: await queue.makeUser('Eve'), name: 'Eve', role: 'researcher' as const, local: false };
    const { submissionId } = await evaluated();
    expect(await view(submissionId)).toMatchObject({ state: 'scored', progress: 1, position: null });
    const later = await queue.makeJobs(user.id, [[queue.trial]]);
    expect(await view(later.submissionId)).toMatchObject({ position: 1 });
    expect((await quotaOf(user, smoke1.id)).used).toBe(1);
    expect((await leaseBy(runners[1]!))!.leased.job).toBe(later.jobs[0]);
  });

  it.each(['draining', 'quarantined', 'retired'] as const)(
    'where every other runner is %s, none is run again',
    async (state) => {
      for (const { id } of runners.slice(1))
        await execute(sql`update runners set state = ${state} where id = ${id}::uuid`);
      expect(await checksOf((await evaluated()).twice)).toEqual([]);
    },
  );

  it('where no other runner was heard of late, or can do the job, none is run again', async () => {
    for (const { id } of runners.slice(1))
      await execute(
        sql`update runners set created_at = now() - interval '2 days', last_seen_at = now() - interval '11 minutes' where id = ${id}::uuid`,
      );
    expect(await checksOf((await evaluated()).twice)).toEqual([]);
    await queue.makeRunner('official', ['engine:wasm']);
    expect(await checksOf((await evaluated()).twice)).toEqual([]);
    for (const { id } of runners) await execute(sql`update runners set last_seen_at = now() where id = ${id}::uuid`);
  });

  it('a job that no other runner comes for ends quietly after a day', async () => {
    const { twice } = await evaluated();
    expect(await endOldChecks()).toBe(0);
    await execute(sql`update jobs set created_at = now() - interval '25 hours' where checks is not null`);
    expect(await endOldChecks()).toBe(1);
    expect(await checksOf(twice)).toMatchObject([{ state: 'cancelled' }]);
    expect(await leaseBy(runners[1]!)).toBeNull();
  });

  it('nobody decides on a run of a submission of one’s own, an organizer neither', async () => {
    const { submissionId } = await disputed();
    const [{ job } = { job: '' }] = await openDisputes('chore');
    const decision = { job, choice: 'first' as const, reason: 'Mine is right.' };
    const organizer = (id: string) => ({ id, name: 'Olga', role: 'organizer' as const, local: false });
    await expect(decideCheck(organizer(owner), decision)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await view(submissionId)).toMatchObject({ state: 'stalled' });
    await decideCheck(organizer(await queue.makeUser('Olga')), decision);
    expect(await view(submissionId)).toMatchObject({ state: 'scored' });
  });

  it('equal numbers are said to be so, and nothing else changes', async () => {
    const { evaluation, submissionId } = await evaluated();
    const row = async () => (await standings(smoke1)).map(untimed).find((one) => one.submission === submissionId);
    const before = await row();
    await post(runners[1]!, (await leaseBy(runners[1]!))!, (result) => {
      result.trials[0]!.seconds = 77; // costs are the machine's
    });
    expect(await checksOfEvaluation(evaluation)).toMatchObject([
      { verdict: 'same', stands: null, firstRunner: runners[0]!.name, againRunner: runners[1]!.name },
    ]);
    expect(await row()).toEqual(before);
  });

  it('numbers of another engine are not compared, and that is said', async () => {
    const { evaluation, submissionId } = await evaluated();
    await post(runners[1]!, (await leaseBy(runners[1]!))!, (result) => {
      otherAccuracy(result);
      result.engine.cpu = 'another';
    });
    expect(await checksOfEvaluation(evaluation)).toMatchObject([
      { verdict: 'not-compared', detail: expect.stringContaining('another') },
    ]);
    expect((await view(submissionId)).state).toBe('scored');
  });

  describe('a difference in the last bit', () => {
    it('quarantines both results, marks the row, and is told by event, list and audit', async () => {
      const { evaluation, submissionId, twice } = await disputed();
      const seen = await view(submissionId);
      expect(seen).toMatchObject({ state: 'stalled', waiting: expect.stringContaining('disagree') });
      expect(seen.trials.map(({ seed }) => seed)).toEqual([1]);
      const row = (await standings(smoke1)).find(({ submission }) => submission === submissionId);
      expect(row).toMatchObject({ state: 'stalled', worst: null, note: expect.stringContaining('disagree') });
      expect(await checksOfEvaluation(evaluation)).toMatchObject([{ verdict: 'differs', stands: null }]);
      expect((await openDisputes(null)).map(({ job }) => job)).toContain(twice);
      expect((await checkCounts()).open).toBeGreaterThan(0);
      expect((await audit()).problems).toContainEqual(expect.stringContaining(`job ${twice}: two runners disagree`));
      expect(
        await execute(
          sql`select 1 from events where kind = 'check.ended' and subject = ${twice} and data ->> 'verdict' = 'differs'`,
        ),
      ).toHaveLength(1);
      await decide(twice, 'first', 'It was read again.');
    });

    it.each([
      ['first', 0.85],
      ['again', 0.8500000000000001],
    ] as const)('ends when an organizer says that the %s one stands', async (choice, accuracy) => {
      const { submissionId, twice, evaluation } = await disputed();
      await decide(twice, choice, 'It was read again.');
      const seen = await view(submissionId);
      expect(seen.state).toBe('scored');
      expect(seen.trials[0]!.cleanAccuracy).toBe(accuracy);
      const own = (await budgetCurves(smoke1, [queue.trial.scenario], 100)).find(
        (curve) => curve.submission === submissionId,
      );
      expect(pointOf(own!, queue.trial.scenario, queue.trial.budget), 'its cell is in the curves again').not.toBeNull();
      expect(await checksOfEvaluation(evaluation)).toMatchObject([{ stands: choice, reason: 'It was read again.' }]);
      expect(await openDisputes(null)).toEqual([]);
      expect((await standings(smoke1)).find(({ submission }) => submission === submissionId)!.state).toBe('scored');
      await expect(decide(twice, choice, 'Again.')).rejects.toThrow('decided before');
    });

    it('decided by two organizers at once is decided once, and the other one hears of it', async () => {
      const { twice, evaluation } = await disputed();
      const ends = await Promise.allSettled([decide(twice, 'first', 'Mine.'), decide(twice, 'again', 'No, mine.')]);
      const [[done], [refused]] = [
        ends.filter(({ status }) => status === 'fulfilled'),
        ends.filter((end) => end.status === 'rejected'),
      ];
      expect([done?.status, refused?.reason.message]).toEqual(['fulfilled', expect.stringMatching(/decided/)]);
      const kept = ends[0]!.status === 'fulfilled' ? ['first', 'Mine.'] : ['again', 'No, mine.'];
      expect(await checksOfEvaluation(evaluation)).toMatchObject([{ stands: kept[0], reason: kept[1] }]);
      const events = sql`select 1 from events where kind = 'check.decided' and subject = ${twice}`;
      expect(await execute(events)).toHaveLength(1);
    });

    it.each([
      ['first', () => {}],
      ['again', otherAccuracy],
    ] as const)('ends when a third runner agrees with the %s one', async (choice, change) => {
      const { submissionId, twice } = await disputed();
      await decide(twice, 'third', 'Who is right?');
      expect(await leaseBy(runners[0]!)).toBeNull();
      expect(await leaseBy(runners[1]!)).toBeNull();
      await post(runners[2]!, (await leaseBy(runners[2]!))!, change);
      expect(await openDisputes(null)).toEqual([]);
      const seen = await view(submissionId);
      expect(seen.state).toBe('scored');
      expect(seen.trials[0]!.cleanAccuracy).toBe(choice === 'first' ? 0.85 : 0.8500000000000001);
    });

    it('stays where a third one has other numbers still', async () => {
      const { submissionId, twice } = await disputed();
      await decide(twice, 'third', 'Who is right?');
      await post(runners[2]!, (await leaseBy(runners[2]!))!, (result) => {
        result.trials[0]!.cleanAccuracy = 0.1;
      });
      expect((await view(submissionId)).state).toBe('stalled');
      await decide(twice, 'again', 'The first runner was broken.');
      expect((await view(submissionId)).trials[0]!.cleanAccuracy).toBe(0.8500000000000001);
    });

    it('is decided without a third runner where there is none', async () => {
      const { twice } = await disputed();
      await setRunnerState(runners[2]!.id, 'draining');
      await expect(decide(twice, 'third', 'Who is right?')).rejects.toThrow('third official runner');
      await decide(twice, 'first', 'There are only two.');
    });
  });
});
