import { beforeAll, describe, expect, it } from 'vitest';
import { smoke1 } from '../../lib/catalog/suites/smoke-1.ts';
import { sha256 } from '../../lib/contract/canonical.ts';
import { requestEvaluation } from '../../lib/db/evaluations.ts';
import { leaseJob } from '../../lib/db/lease.ts';
import { referenceTable } from '../../lib/db/reference-table.ts';
import { finishJob } from '../../lib/db/results.ts';
import { onPglite } from '../support/pglite.ts';
import * as queue from '../support/queue.ts';

describe('the reference table, as the database has it', () => {
  onPglite();
  let owner: string;
  beforeAll(async () => {
    owner = await queue.makeUser();
  });

  const request = async (baseline: string | null) => {
    const submission = await queue.makeSubmission(owner, { baseline });
    await requestEvaluation({ submissionId: submission, suiteId: smoke1.id, requestedBy: owner });
    return submission;
  };
  /** Finishes so many jobs with this clean accuracy. */
  const finish = async (runner: queue.TestRunner, cleanAccuracy: number, jobs = smoke1.seeds.length) => {
    for (let done = 0; done < jobs; done++) {
      const token = queue.newToken();
      const leased = (await leaseJob({ id: runner.id, labels: runner.leaseLabels }, token))!;
      const result = queue.resultFor(leased, { cleanAccuracy });
      expect(
        await finishJob(
          queue.fenceOf(runner, leased, token),
          result,
          await queue.sealedBy(runner, result),
          await sha256(JSON.stringify(result)),
        ),
      ).toBe('accepted');
    }
  };
  const rows = async () => {
    const { reference, rows: all } = (await referenceTable(smoke1))!;
    return { backend: reference.engine.backend, rows: all.map(({ id, submission }) => [id, submission]).sort() };
  };

  it('has no rows at first, but what they would be measured against', async () => {
    expect((await rows()).rows).toEqual([]);
    expect(await referenceTable(smoke1)).toBe(await referenceTable(smoke1)); // computed once
    expect(await referenceTable({ ...smoke1, id: 'other-1', digest: `sha256:${'0'.repeat(64)}` })).toBeNull();
  });

  it('has the scored baselines and nothing else, the newest of each, on the backend that most of them have', async () => {
    const wasm = await queue.makeRunner('official', ['engine:wasm', 'jail']);
    const old = await request('dp-sgd');
    await finish(wasm, 0.8);
    expect(await rows()).toEqual({ backend: 'wasm', rows: [['dp-sgd', old]] });
    await request(null);
    await finish(wasm, 0.8);
    expect((await rows()).rows).toEqual([['dp-sgd', old]]);
    const newer = await request('dp-sgd');
    await finish(wasm, 0.79, 1);
    expect((await rows()).rows).toEqual([['dp-sgd', old]]); // the newer one has a seed to go
    await finish(wasm, 0.79, 1);
    expect(await referenceTable(smoke1)).toBe(await referenceTable(smoke1));
    const { rows: now } = (await referenceTable(smoke1))!;
    expect(now.map(({ id, submission, clean }) => [id, submission, [...clean.values()]])).toEqual([
      ['dp-sgd', newer, [0.79, 0.79]],
    ]);

    const native = await queue.makeRunner('official', ['engine:tensorflow', 'jail']);
    const onNative = [await request('sever'), await request('sphere-slab')];
    await finish(native, 0.8);
    expect((await rows()).backend).toBe('wasm'); // one row each
    await finish(native, 0.8);
    expect(await rows()).toEqual({
      backend: 'tensorflow',
      rows: [
        ['sever', onNative[0]],
        ['sphere-slab', onNative[1]],
      ],
    });
  });
});
