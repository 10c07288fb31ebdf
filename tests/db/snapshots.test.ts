import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../lib/contract/canonical.ts';
import { SnapshotRow } from '../../lib/contract/snapshot.ts';
import { evaluationsOfSuite } from '../../lib/db/evaluation-views.ts';
import { enqueueEvaluation, requestEvaluation } from '../../lib/db/evaluations.ts';
import { leaseJob } from '../../lib/db/lease.ts';
import { finishJob } from '../../lib/db/results.ts';
import { jobsHere } from '../../lib/db/snapshots.ts';
import { standings } from '../../lib/db/standings.ts';
import { submitBaseline } from '../../lib/db/submit.ts';
import { houseIdentity, userOf } from '../../lib/db/users.ts';
import { exportSnapshot, importSnapshot } from '../../lib/snapshot.ts';
import { baselineNamed } from '../../runner/defenses/index.ts';
import { onEveryDriver } from '../support/drivers.ts';
import * as queue from '../support/queue.ts';
import { execute } from '../support/sql.ts';
import { untimed } from '../support/untimed.ts';

const { suite } = queue;
const { id, name, kind, code, card } = baselineNamed('oracle-filter');
const baseline = { id, name, kind, code, card };

onEveryDriver(() => {
  let house: string;
  let row: SnapshotRow;
  let before: Awaited<ReturnType<typeof standings>>;

  const forget = async () => {
    for (const table of ['results', 'attempts', 'evaluation_jobs', 'jobs', 'evaluations'] as const)
      await execute(sql`delete from ${sql.identifier(table)}`);
  };

  beforeAll(async () => {
    await forget();
    house = await userOf(houseIdentity);
    const runner = await queue.makeRunner();
    const evaluation = await requestEvaluation({
      submissionId: await submitBaseline(house, baseline),
      suiteId: suite.id,
      requestedBy: null,
    });
    // Our side gave up one of its jobs, which was then asked for again.
    await execute(sql`update jobs set state = 'dead', finished_at = now() where id = (
      select job_id from evaluation_jobs where evaluation_id = ${evaluation}::uuid limit 1)`);
    await enqueueEvaluation(evaluation);
    for (const accuracy of [0.85, 0.8437]) {
      const token = queue.newToken();
      const leased = (await leaseJob({ id: runner.id, labels: runner.leaseLabels }, token))!;
      const result = queue.resultFor(leased, { cleanAccuracy: accuracy });
      const envelope = await queue.sealedBy(runner, result);
      expect(
        await finishJob(queue.fenceOf(runner, leased, token), result, envelope, await sha256(JSON.stringify(result))),
      ).toBe('accepted');
    }
    before = await standings(suite);
    [row] = (await exportSnapshot(suite.id)) as [SnapshotRow];
    row = SnapshotRow.parse(JSON.parse(JSON.stringify(row)));
  });
  beforeEach(forget);

  it('a site that never computed the row shows the very numbers, and says when and by whom they were computed', async () => {
    await execute(
      sql`delete from runners where id = ${row.runner.id}::uuid and not exists (select 1 from runner_codes where runner_id = runners.id)`,
    );
    expect(await importSnapshot(house, row, baseline)).toBe(true);
    const { submittedAt: _, ...shown } = untimed((await standings(suite))[0]!);
    const { submittedAt: __, ...computed } = untimed(before[0]!);
    expect(shown).toEqual({ ...computed, snapshotAt: row.computed });
    const [view] = await evaluationsOfSuite(suite.id);
    expect(view).toMatchObject({
      state: 'scored',
      harnessDigest: row.harness.digest,
      engineDetail: row.engine,
      finishedAt: row.computed,
      jailed: true,
    });
    expect(view!.attempts.map(({ runner, outcome }) => [runner, outcome])).toEqual(
      suite.seeds.map(() => [row.runner.name, 'succeeded']),
    );
  });

  it('is there once, however often it is brought, and is nothing that this site has computed', async () => {
    const ids = row.jobs.map(({ signed }) => (signed as { job: string }).job);
    expect(await jobsHere(ids)).toEqual([]);
    expect(await importSnapshot(house, row, baseline)).toBe(true);
    expect((await jobsHere([...ids, crypto.randomUUID()])).sort()).toEqual([...ids].sort());
    expect(await importSnapshot(house, row, baseline)).toBe(false);
    expect(await standings(suite)).toHaveLength(1);
    expect(await exportSnapshot(suite.id)).toEqual([]);
  });

  it('the same work asked for by another is found in it, and said to be reused', async () => {
    await importSnapshot(house, row, baseline);
    const submission = await queue.makeSubmission(await queue.makeUser('Bob'), { code });
    await requestEvaluation({ submissionId: submission, suiteId: suite.id, requestedBy: null });
    const [view] = (await evaluationsOfSuite(suite.id)).filter(({ submissionId }) => submissionId === submission);
    expect(view).toMatchObject({ state: 'scored', reused: true, snapshotAt: null });
  });

  describe('is refused, and nothing of it is stored, where', () => {
    const signed = (change: (result: Record<string, unknown>) => void, place = 0): SnapshotRow => {
      const copy = structuredClone(row);
      change(copy.jobs[place]!.signed as Record<string, unknown>);
      return copy;
    };
    const other = `sha256:${'0'.repeat(64)}` as const;
    it.each<[string, () => SnapshotRow, RegExp]>([
      [
        'a number was changed',
        () => signed((result) => ((result.trials as { cleanAccuracy: number }[])[0]!.cleanAccuracy = 0.99)),
        /not signed by its runner/,
      ],
      ['a result is missing', () => ({ ...row, jobs: row.jobs.slice(1) }), /trial .* is missing/],
      ['a result comes twice', () => ({ ...row, jobs: [row.jobs[0]!, row.jobs[0]!] }), /comes twice|missing/],
      [
        'it is of another suite',
        () => ({ ...row, suite: { ...row.suite, digest: other } }),
        /this site's suite is sha256:/,
      ],
      ['it is of another text', () => ({ ...row, module: { ...row.module, sha256: other } }), /this site's is sha256:/],
      [
        'its harness is not that of its results',
        () => ({ ...row, harness: { ...row.harness, digest: other } }),
        /names the harness/,
      ],
    ])('%s', async (_, bad, reason) => {
      await expect(importSnapshot(house, bad(), baseline)).rejects.toThrow(reason);
      expect(await standings(suite)).toEqual([]);
    });
  });
});
