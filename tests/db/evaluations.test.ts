import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { sha256 } from '../../lib/contract/canonical.ts';
import { trialsOf } from '../../lib/contract/suite.ts';
import { failAttempt, heartbeat } from '../../lib/db/attempts.ts';
import { evaluationsOf, evaluationsOfSuite } from '../../lib/db/evaluation-views.ts';
import { renewOutdated, requestEvaluation } from '../../lib/db/evaluations.ts';
import { givenUpEvaluations, tryAgain } from '../../lib/db/given-up.ts';
import { queueDepth } from '../../lib/db/jobs.ts';
import { leaseJob } from '../../lib/db/lease.ts';
import { finishJob, stopAfterTimeouts } from '../../lib/db/results.ts';
import { withdraw } from '../../lib/db/submissions.ts';
import { harness } from '../../lib/harness.ts';
import type { SignedIn } from '../../lib/viewer.ts';
import { onEveryDriver } from '../support/drivers.ts';
import * as queue from '../support/queue.ts';
import { execute } from '../support/sql.ts';

onEveryDriver(() => {
  let owner: string;
  let organizer: SignedIn;
  let runner: queue.TestRunner;
  beforeAll(async () => {
    owner = await queue.makeUser();
    organizer = { id: await queue.makeUser('Olga'), name: 'Olga', role: 'organizer', local: false };
    runner = await queue.makeRunner();
  });
  beforeEach(() => queue.clearQueue());

  const request = (submissionId: string) => requestEvaluation({ submissionId, suiteId: 'smoke-1', requestedBy: owner });
  const lease = async () => {
    const token = queue.newToken();
    const leased = (await leaseJob({ id: runner.id, labels: runner.leaseLabels }, token))!;
    return { leased, fence: queue.fenceOf(runner, leased, token) };
  };
  const finish = async (change: Parameters<typeof queue.resultFor>[1] = {}) => {
    const { leased, fence } = await lease();
    const result = queue.resultFor(leased, change);
    const verdict = await finishJob(
      fence,
      result,
      await queue.sealedBy(runner, result),
      await sha256(JSON.stringify(result)),
    );
    await stopAfterTimeouts(fence.job);
    return verdict;
  };
  const view = async (submissionId: string) => (await evaluationsOf(submissionId))[0]!;

  it('is asked for once, however often and by however many at once', async () => {
    const submission = await queue.makeSubmission(owner);
    const ids = await Promise.all([1, 2, 3, 4].map(() => request(submission)));
    expect(new Set([...ids, await request(submission)]).size).toBe(1);
    expect(await queueDepth()).toEqual({ waiting: queue.suite.seeds.length, leased: 0 });
    expect(await view(submission)).toMatchObject({
      engine: 'wasm',
      harnessDigest: harness().digest,
      suiteDigest: queue.suite.digest,
      reused: false,
    });
  });

  it('goes from queued with its place, over running with progress, to scored with its trials in the suite’s order', async () => {
    const first = await queue.makeSubmission(owner);
    const second = await queue.makeSubmission(owner);
    await request(first);
    await request(second);
    expect(await view(first)).toMatchObject({ state: 'queued', position: 1, progress: 0, waiting: null, trials: [] });
    expect(await view(second)).toMatchObject({ state: 'queued', position: 2 });

    const { fence } = await lease();
    await heartbeat(fence, { phase: 'badnets-mlp-128', progress: 0.5 });
    const running = await view(first);
    expect(running).toMatchObject({
      state: 'running',
      progress: 0.25,
      phase: 'badnets-mlp-128',
      attempts: [{ attempt: 1, runner: runner.name, runnerClass: 'official', endedAt: null }],
    });
    expect(running.heartbeatAge).toBeLessThan(5);
    await failAttempt(fence, { class: 'released', code: 'drained', detail: '' });

    await finish();
    await finish();
    const scored = await view(first);
    expect(scored).toMatchObject({
      state: 'scored',
      progress: 1,
      position: null,
      jailed: true,
      engineDetail: { backend: 'wasm', cpu: 'test' },
    });
    expect(scored.trials.map(({ scenario, budget, seed }) => ({ scenario, budget, seed }))).toEqual(
      trialsOf(queue.suite),
    );
    expect(scored.attempts.map(({ attempt, outcome, reason }) => [attempt, outcome, reason])).toEqual([
      [1, 'released', 'drained'],
      [2, 'succeeded', null],
      [1, 'succeeded', null],
    ]);
    expect(Date.parse(scored.finishedAt!)).toBeGreaterThan(0);
  });

  it('shares equal work: the same module by another owner is done once, and marked so', async () => {
    const mine = await queue.makeSubmission(owner, { code: '// shared' });
    const theirs = await queue.makeSubmission(await queue.makeUser('Bob'), { code: '// shared' });
    await request(mine);
    await finish();
    await request(theirs);
    expect((await queueDepth()).waiting).toBe(1);
    await finish();
    expect(await view(theirs)).toMatchObject({ state: 'scored', reused: true });
    expect((await view(theirs)).trials).toEqual((await view(mine)).trials);
  });

  it('fails where every trial failed by the module’s own fault', async () => {
    const submission = await queue.makeSubmission(owner);
    await request(submission);
    await finish({ outcome: 'threw' });
    await finish({ outcome: 'threw' });
    expect(await view(submission)).toMatchObject({ state: 'failed', progress: 1 });
  });

  it('is run no further after three trials at the time limit: the rest are not-run, with the reason', async () => {
    const submission = await queue.makeSubmission(owner);
    await request(submission);
    await finish({ outcome: 'timed-out' });
    expect((await queueDepth()).waiting).toBe(0);
    const { state, trials } = await view(submission);
    expect(state).toBe('failed');
    expect(trials).toHaveLength(trialsOf(queue.suite).length);
    const rest = trials.filter(({ seed }) => seed === 1);
    expect(
      rest.every(
        ({ outcome, detail, cleanAccuracy }) =>
          outcome === 'not-run' && /time limit/.test(detail!) && cleanAccuracy === null,
      ),
    ).toBe(true);
  });

  it('stalls where our side gave up a job, and can then be asked for again', async () => {
    const submission = await queue.makeSubmission(owner);
    const id = await request(submission);
    await finish();
    await execute(sql`update jobs set strikes = 2 where state = 'queued'`);
    const { fence } = await lease();
    expect(await failAttempt(fence, { class: 'infra', code: 'no-data', detail: 'No disk.' })).toBe('dead');
    expect(await view(submission)).toMatchObject({ state: 'stalled' });
    const given = { submission, suite: queue.suite.id, jobs: 1, reason: 'no-data', detail: 'No disk.' };
    expect(await givenUpEvaluations(organizer)).toMatchObject([given]);
    for (const other of [null, { ...organizer, role: 'researcher' as const }])
      expect(await givenUpEvaluations(other)).toEqual([]);
    expect(await request(submission)).toBe(id); // the same module, submitted again
    expect(await request(submission)).toBe(id);
    expect(await givenUpEvaluations(organizer)).toEqual([]);
    await expect(tryAgain(submission, organizer)).rejects.toMatchObject({ code: 'conflict' });
    expect(await queueDepth()).toEqual({ waiting: 1, leased: 0 });
    await finish();
    const scored = await view(submission);
    expect(scored).toMatchObject({ state: 'scored' });
    expect(scored.trials).toHaveLength(trialsOf(queue.suite).length);
    expect(scored.attempts.map(({ outcome }) => outcome)).toEqual(['succeeded', 'infra', 'succeeded']);
  });

  it('says why it waits, and when it is tried again', async () => {
    const submission = await queue.makeSubmission(owner);
    await request(submission);
    await queue.setRunnerState(runner.id, 'retired');
    expect((await view(submission)).waiting).toMatch(/^No runner has /);
    const bare = await queue.makeRunner('official', ['engine:wasm']);
    expect((await view(submission)).waiting).toBe(
      'No runner has a jail to run other people’s code in; it waits until one has.',
    );
    await queue.setRunnerState(runner.id, 'active');
    await queue.setRunnerState(bare.id, 'retired');
    expect((await view(submission)).waiting).toBeNull();
    const { fence } = await lease();
    await failAttempt(fence, { class: 'infra', code: 'no-engine', detail: '' });
    await execute(sql`update jobs set run_after = now() + interval '1 minute' where state = 'queued'`);
    expect(Date.parse((await view(submission)).retryAt!)).toBeGreaterThan(Date.now());
  });

  it('ends with its submission’s withdrawal, but for work that another one waits for', async () => {
    const other = await queue.makeUser('Bob');
    const mine = await queue.makeSubmission(owner, { code: '// both' });
    const theirs = await queue.makeSubmission(other, { code: '// both' });
    await request(mine);
    await request(theirs);
    const by = (id: string) => ({ id, name: 'Somebody', role: 'researcher' as const, local: false });
    await withdraw(mine, by(owner), 'It was wrong.');
    expect((await queueDepth()).waiting).toBe(2);
    await withdraw(theirs, by(other), 'It was wrong.');
    expect((await queueDepth()).waiting).toBe(0);
    await expect(request(mine)).rejects.toThrow('withdrawn');
  });

  it('is asked for anew under this site’s harness, where it waited for an older one', async () => {
    const { submissionId } = await queue.makeJobs(owner, [[queue.trial]]); // of the test’s own harness
    expect(await renewOutdated()).toBe(1);
    const [renewed, old] = await evaluationsOf(submissionId);
    expect(renewed).toMatchObject({ state: 'queued', harnessDigest: harness().digest });
    expect(old).toMatchObject({ state: 'failed', harnessDigest: queue.harnessDigest });
    expect(await renewOutdated()).toBe(0);
    const [speaking] = (await evaluationsOfSuite('smoke-1')).filter((one) => one.submissionId === submissionId);
    expect(speaking!.id).toBe(renewed!.id); // what was cut short is no result of the defense's
  });

  it('trains on TensorFlow where an official runner offers it; what was done on it stays when it is gone', async () => {
    const [before, after] = [await queue.makeSubmission(owner), await queue.makeSubmission(owner)];
    const native = await queue.makeRunner('official', ['engine:tensorflow', 'engine:wasm', 'jail']);
    const community = await queue.makeRunner('community', ['engine:tensorflow']);
    const id = await request(before);
    expect(await view(before)).toMatchObject({ engine: 'tensorflow' });
    const mine = runner;
    runner = native;
    await finish();
    await finish();
    runner = mine;
    await queue.setRunnerState(native.id, 'retired');
    expect(await request(before)).toBe(id);
    await request(after);
    expect(await view(after)).toMatchObject({ engine: 'wasm' });
    await queue.setRunnerState(community.id, 'retired');
  });

  it('waits for TensorFlow where the suite has undefended numbers on no other engine', async () => {
    const submission = await queue.makeSubmission(owner);
    await requestEvaluation({ submissionId: submission, suiteId: 'core-2', requestedBy: owner });
    const asked = (await evaluationsOf(submission)).map(({ suite, engine }) => [suite, engine]);
    expect(Object.fromEntries(asked)).toEqual({ 'smoke-2': 'wasm', 'core-2': 'tensorflow' });
  });

  it('speaks for its submission on the board once it has ended, until a later one has', async () => {
    const submission = await queue.makeSubmission(owner);
    const first = await request(submission);
    const speaking = async () =>
      (await evaluationsOfSuite('smoke-1'))
        .filter(({ submissionId }) => submissionId === submission)
        .map(({ id }) => id);
    expect(await speaking()).toEqual([first]);
    await finish();
    await finish();
    const native = await queue.makeRunner('official', ['engine:tensorflow', 'engine:wasm', 'jail']);
    const second = await request(submission);
    expect(second).not.toBe(first);
    expect(await speaking()).toEqual([first]);
    const mine = runner;
    runner = native;
    await finish();
    await finish();
    runner = mine;
    await queue.setRunnerState(native.id, 'retired');
    expect(await speaking()).toEqual([second]);
  });
});
