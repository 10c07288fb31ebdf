import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { scores } from '../../drizzle/schema.ts';
import { submissionJson } from '../../lib/api/submission.ts';
import { core1 } from '../../lib/catalog/suites/core-1.ts';
import { smoke2 } from '../../lib/catalog/suites/smoke-2.ts';
import { completeJob } from '../../lib/complete-job.ts';
import { sha256 } from '../../lib/contract/canonical.ts';
import { Scores } from '../../lib/contract/report.ts';
import { db } from '../../lib/db/client.ts';
import { requestEvaluation } from '../../lib/db/evaluations.ts';
import { leaseJob } from '../../lib/db/lease.ts';
import { rescore } from '../../lib/db/rescore.ts';
import { finishJob } from '../../lib/db/results.ts';
import { scoresOfEvaluation } from '../../lib/db/scores.ts';
import { standings } from '../../lib/db/standings.ts';
import { houseIdentity, userOf } from '../../lib/db/users.ts';
import { importSnapshot } from '../../lib/snapshot.ts';
import { committedRows } from '../../runner/client/snapshots.ts';
import { baselineNamed } from '../../runner/defenses/index.ts';
import published from '../fixtures/core-1.scores.json' with { type: 'json' };
import { closeTo } from '../support/close-to.ts';
import { onPglite } from '../support/pglite.ts';
import * as queue from '../support/queue.ts';
import { execute } from '../support/sql.ts';
import { untimed } from '../support/untimed.ts';

const checked = () => rescore({ check: true, after: null });

describe('the stored scores of core-1', () => {
  onPglite();
  beforeAll(async () => {
    const house = await userOf(houseIdentity);
    for (const row of committedRows('core-1')) {
      const { id, name, kind, code, card } = baselineNamed(row.baseline);
      expect(await importSnapshot(house, row, { id, name, kind, code, card })).toBe(true);
    }
  });

  it('are there with each row, and are those that were published, to 1e-12', async () => {
    expect(await (await db()).$count(scores)).toBe(18);
    const rows = await standings(core1);
    expect(rows).toHaveLength(18);
    for (const { baseline, worst, mean, utility, gain, cost, families, scenarios, flags } of rows) {
      const known = Scores.parse((published as Record<string, unknown>)[`core-1 ${baseline}`]);
      expect({ worst, mean, utility, gain, cost, families, scenarios, flags }).toEqual(closeTo(known, 1e-12));
    }
  });

  it('are what is computed now; a value that was changed is named, and mended when that is asked for', async () => {
    expect(await checked()).toEqual({ evaluations: 18, differences: [], next: null });
    const [dpSgd] = (await standings(core1)).filter(({ baseline }) => baseline === 'dp-sgd');
    await execute(sql`
      update scores set scores = jsonb_set(scores, '{worst,value}', '0.999') from evaluations e
      where e.id = evaluation_id and e.submission_id = ${dpSgd!.submission}::uuid`);
    const [difference, ...others] = (await checked()).differences;
    expect(others).toEqual([]);
    expect(difference).toMatchObject({
      submission: dpSgd!.submission,
      suite: 'core-1',
      path: 'scores.worst.value',
      stored: '0.999',
      computed: String(dpSgd!.worst!.value),
    });
    expect((await checked()).differences).toHaveLength(1); // a check changes nothing
    expect((await rescore({ check: false, after: null })).differences).toHaveLength(1);
    expect((await checked()).differences).toEqual([]);
  });

  it('are computed anew by who reads the board, where they are missing or of other inputs', async () => {
    const before = (await standings(core1)).map(untimed);
    await execute(sql`delete from scores where evaluation_id in (select evaluation_id from scores limit 3)`);
    await execute(sql`update scores set inputs = 'old', scores = '{"flags":["collapsed"]}'`);
    expect((await standings(core1)).map(untimed)).toEqual(before);
    expect(await checked()).toMatchObject({ evaluations: 18, differences: [] });
  });
});

describe('the scores of an evaluation', () => {
  onPglite();

  it('are stored when its last result is taken, and not before', async () => {
    const owner = await queue.makeUser();
    const runner = await queue.makeRunner();
    const submission = await queue.makeSubmission(owner);
    const id = await requestEvaluation({ submissionId: submission, suiteId: queue.suite.id, requestedBy: owner });
    const stored = async () => (await db()).select().from(scores).where(eq(scores.evaluationId, id));
    for (const _ of queue.suite.seeds) {
      expect(await stored()).toEqual([]);
      expect(await scoresOfEvaluation(id)).toBeNull();
      const token = queue.newToken();
      const leased = (await leaseJob({ id: runner.id, labels: runner.leaseLabels }, token))!;
      const result = queue.resultFor(leased);
      expect(
        await completeJob(runner, queue.fenceOf(runner, leased, token), await queue.sealedBy(runner, result)),
      ).toBe('accepted');
    }
    expect(await stored()).toMatchObject([{ state: 'scored', jailed: true, cutShort: false, outcome: null }]);
    expect((await stored())[0]!.scores).toEqual((await scoresOfEvaluation(id))!.scores);
  });

  it('of a suite that is scored by version 2 are stored whole and are what is computed now, to the last bit', async () => {
    const owner = await queue.makeUser();
    const runner = await queue.makeRunner();
    const submission = await queue.makeSubmission(owner);
    const id = await requestEvaluation({ submissionId: submission, suiteId: smoke2.id, requestedBy: owner });
    for (const _ of smoke2.seeds) {
      const token = queue.newToken();
      const leased = (await leaseJob({ id: runner.id, labels: runner.leaseLabels }, token))!;
      const result = await queue.sealedBy(runner, queue.resultFor(leased));
      expect(await completeJob(runner, queue.fenceOf(runner, leased, token), result)).toBe('accepted');
    }
    const [stored] = await (await db()).select().from(scores).where(eq(scores.evaluationId, id));
    const { gains, chosen, gain } = Scores.parse(stored!.scores);
    expect(gain).not.toBeNull();
    expect(new Set(Object.keys(gains!))).toEqual(new Set(smoke2.scenarios.map(({ family }) => family)));
    expect(chosen!.flatMap(({ seeds }) => seeds).sort()).toEqual(smoke2.seeds);
    expect(await checked()).toMatchObject({ differences: [] });
    await execute(sql`
      update scores set scores = jsonb_set(scores, '{gains,backdoor,value}', '0.5') where evaluation_id = ${id}::uuid`);
    expect((await checked()).differences.map(({ path }) => path)).toEqual(['scores.gains.backdoor.value']);
    expect((await rescore({ check: false, after: null })).differences).toHaveLength(1);
    expect(await checked()).toMatchObject({ differences: [] });
    // What can't be scored takes nothing from the others, and is named.
    await execute(sql`update results set trials = jsonb_set(trials, '{0,recalls}', '[0.5]') where job_id in (
      select job_id from evaluation_jobs where evaluation_id = ${id}::uuid)`);
    const all = (await checked()).evaluations;
    const { evaluations, differences } = await rescore({ check: false, after: null });
    expect(evaluations).toBe(all);
    expect(differences.filter((one) => one.submission !== submission)).toEqual([]);
    expect(differences).toContainEqual(
      expect.objectContaining({ suite: smoke2.id, path: 'scores', computed: expect.stringMatching(/^nothing: /) }),
    );
    expect((await standings(smoke2)).find((row) => row.submission === submission)).toMatchObject({ mean: null });
    await queue.clearQueue();
  });

  it('of the suite that was asked for are what a submission tells, not those of the suite that comes before it', async () => {
    const owner = await queue.makeUser();
    const runner = await queue.makeRunner();
    const submission = await queue.makeSubmission(owner);
    await requestEvaluation({ submissionId: submission, suiteId: core1.id, requestedBy: owner });
    for (const _ of queue.suite.seeds) {
      const token = queue.newToken();
      const leased = (await leaseJob({ id: runner.id, labels: runner.leaseLabels }, token))!;
      const result = await queue.sealedBy(runner, queue.resultFor(leased));
      expect(await completeJob(runner, queue.fenceOf(runner, leased, token), result)).toBe('accepted');
    }
    expect(await submissionJson(submission, null)).toMatchObject({ suite: 'core-1', state: 'queued', scores: null });
    expect(await submissionJson(submission, null, 'smoke-1')).toMatchObject({ suite: 'smoke-1', state: 'scored' });
    await queue.clearQueue();
  });

  it('are computed from the results, whoever stored them: a process that ended in between leaves nothing unmended', async () => {
    const owner = await queue.makeUser();
    const runner = await queue.makeRunner();
    const submission = await queue.makeSubmission(owner);
    const id = await requestEvaluation({ submissionId: submission, suiteId: queue.suite.id, requestedBy: owner });
    for (const _ of queue.suite.seeds) {
      const token = queue.newToken();
      const leased = (await leaseJob({ id: runner.id, labels: runner.leaseLabels }, token))!;
      const result = queue.resultFor(leased, { outcome: 'threw' });
      const envelope = await queue.sealedBy(runner, result);
      await finishJob(queue.fenceOf(runner, leased, token), result, envelope, await sha256(JSON.stringify(result)));
    }
    expect((await standings(queue.suite)).find((row) => row.submission === submission)).toMatchObject({
      state: 'failed',
      note: 'threw',
      progress: 1,
    });
    expect(await scoresOfEvaluation(id)).toMatchObject({ state: 'failed', outcome: 'threw' });
  });
});
