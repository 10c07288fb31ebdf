import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { suiteNamed } from '../../lib/catalog/suites/index.ts';
import { sha256 } from '../../lib/contract/canonical.ts';
import { trialsOf } from '../../lib/contract/suite.ts';
import { admitAfter, admitWaiting } from '../../lib/db/admission.ts';
import { failAttempt } from '../../lib/db/attempts.ts';
import { evaluationsOf } from '../../lib/db/evaluation-views.ts';
import { requestEvaluation } from '../../lib/db/evaluations.ts';
import { queueDepth } from '../../lib/db/jobs.ts';
import { leaseJob } from '../../lib/db/lease.ts';
import { quotaOf } from '../../lib/db/quota.ts';
import { finishJob, stopAfterTimeouts } from '../../lib/db/results.ts';
import { standings } from '../../lib/db/standings.ts';
import { onEveryDriver } from '../support/drivers.ts';
import * as queue from '../support/queue.ts';
import { execute } from '../support/sql.ts';

const core = suiteNamed('core-1');
const smoke = suiteNamed('smoke-1');

onEveryDriver(() => {
  let owner: string;
  let runner: queue.TestRunner;
  beforeAll(async () => {
    owner = await queue.makeUser();
    runner = await queue.makeRunner();
  });
  beforeEach(() => queue.clearQueue());

  const submitted = async () => {
    const submission = await queue.makeSubmission(owner);
    await requestEvaluation({ submissionId: submission, suiteId: core.id, requestedBy: owner });
    await admitWaiting(submission);
    return submission;
  };
  const lease = async () => {
    const token = queue.newToken();
    const leased = await leaseJob({ id: runner.id, labels: runner.leaseLabels }, token);
    return leased && { leased, fence: queue.fenceOf(runner, leased, token) };
  };
  /** As the site does with a result that it takes. */
  const finish = async (change: Parameters<typeof queue.resultFor>[1] = {}) => {
    const { leased, fence } = (await lease())!;
    const result = queue.resultFor(leased, change);
    expect(
      await finishJob(fence, result, await queue.sealedBy(runner, result), await sha256(JSON.stringify(result))),
    ).toBe('accepted');
    await stopAfterTimeouts(fence.job);
    await admitAfter(fence.job);
    return leased.suite;
  };
  const view = async (submission: string, suite = core.id) =>
    (await evaluationsOf(submission)).find((one) => one.suite === suite)!;
  const user = async () => ({ id: owner, name: 'Ada', role: 'researcher', local: false }) as const;

  it('smoke-1 runs first, and core-1 waits for it without a job of its own', async () => {
    const submission = await submitted();
    expect(await queueDepth()).toEqual({ waiting: smoke.seeds.length, leased: 0 });
    expect(await view(submission)).toMatchObject({
      state: 'queued',
      progress: 0,
      trials: [],
      waiting: expect.stringMatching(/^smoke-1 comes first/),
    });
    expect(await finish()).toBe('smoke-1');
    expect(await view(submission)).toMatchObject({ state: 'queued' });
  });

  it('goes on to core-1, a job for each seed, once every trial of smoke-1 is scored', async () => {
    const submission = await submitted();
    for (const _ of smoke.seeds) await finish();
    expect(await queueDepth()).toEqual({ waiting: core.seeds.length, leased: 0 });
    expect(await finish()).toBe('core-1');
    expect(await view(submission)).toMatchObject({ state: 'running', waiting: null });
  });

  it('asked for again, by the same module of another, core-1 is admitted at once and its work shared', async () => {
    const code = `// ${Math.random()}`;
    const [first, second] = [
      await queue.makeSubmission(owner, { code }),
      await queue.makeSubmission(await queue.makeUser('Bob'), { code }),
    ];
    await requestEvaluation({ submissionId: first, suiteId: core.id, requestedBy: owner });
    for (const _ of smoke.seeds) await finish();
    await requestEvaluation({ submissionId: second, suiteId: core.id, requestedBy: null });
    await admitWaiting(second);
    expect(await view(second)).toMatchObject({ state: 'queued', reused: true });
    expect(await queueDepth()).toEqual({ waiting: core.seeds.length, leased: 0 });
  });

  it('where a trial of smoke-1 is not scored, core-1 ends at once as failed, its trials not run, with that reason; it has been counted', async () => {
    const before = (await quotaOf(await user(), core.id)).used;
    const submission = await submitted();
    expect((await quotaOf(await user(), core.id)).used).toBe(before + 1);
    await finish();
    await finish({ outcome: 'threw' });
    const failed = await view(submission);
    expect(failed).toMatchObject({ state: 'failed', waiting: null });
    expect(failed.trials).toHaveLength(trialsOf(core).length);
    expect(new Set(failed.trials.map(({ outcome, detail }) => `${outcome}: ${detail}`))).toEqual(
      new Set(['not-run: smoke-1 comes first, and 6 of its 12 trials were not scored (threw).']),
    );
    expect(await queueDepth()).toEqual({ waiting: 0, leased: 0 });
    expect((await quotaOf(await user(), core.id)).used).toBe(before + 1);
    expect((await standings(core)).find((row) => row.submission === submission)).toMatchObject({
      state: 'failed',
      note: expect.stringContaining('smoke-1'),
    });
    expect(await admitWaiting(submission)).toBe(0);
  });

  it('is decided by whoever asks next where the site died between a result and its consequence', async () => {
    await admitWaiting(null); // what the tests before left
    const submission = await submitted();
    for (const _ of smoke.seeds) {
      const { leased, fence } = (await lease())!;
      const result = queue.resultFor(leased);
      await finishJob(fence, result, await queue.sealedBy(runner, result), await sha256(JSON.stringify(result)));
    }
    expect(await view(submission)).toMatchObject({ state: 'queued' });
    expect(await admitWaiting(null)).toBe(1);
    expect(await admitWaiting(null)).toBe(0);
    expect((await queueDepth()).waiting).toBe(core.seeds.length);
  });

  it('stalls where our side gave smoke-1 up', async () => {
    const submission = await submitted();
    for (let strike = 0; strike < 3; strike++) {
      await execute(sql`update jobs set run_after = now() where state = 'queued'`);
      await failAttempt((await lease())!.fence, { class: 'infra', code: 'out-of-disk', detail: 'The disk was full.' });
    }
    expect(await view(submission)).toMatchObject({ state: 'stalled' });
  });
});
