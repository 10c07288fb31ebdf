import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { core1 } from '../../lib/catalog/suites/core-1.ts';
import { completeJob } from '../../lib/complete-job.ts';
import { boardsVersion } from '../../lib/db/boards-version.ts';
import { requestEvaluation } from '../../lib/db/evaluations.ts';
import { leaseJob } from '../../lib/db/lease.ts';
import { rescore } from '../../lib/db/rescore.ts';
import { standings } from '../../lib/db/standings.ts';
import { houseIdentity, userOf } from '../../lib/db/users.ts';
import { importSnapshot } from '../../lib/snapshot.ts';
import { committedRows } from '../../runner/client/snapshots.ts';
import { baselineNamed } from '../../runner/defenses/index.ts';
import { onPglite } from '../support/pglite.ts';
import * as queue from '../support/queue.ts';
import { execute } from '../support/sql.ts';

describe('the version of the boards', () => {
  onPglite();

  it('is another one after whatever a board shows: a submission, a lease, a tenth of progress, a result, a name, a withdrawal', async () => {
    const owner = await queue.makeUser();
    const runner = await queue.makeRunner();
    const versions = [await boardsVersion()];
    const changed = async () => {
      versions.push(await boardsVersion());
      expect(new Set(versions).size).toBe(versions.length);
    };
    const submission = await queue.makeSubmission(owner);
    await requestEvaluation({ submissionId: submission, suiteId: queue.suite.id, requestedBy: owner });
    await changed();
    const token = queue.newToken();
    const leased = (await leaseJob({ id: runner.id, labels: runner.leaseLabels }, token))!;
    await changed();
    await execute(sql`update jobs set progress = 0.31 where id = ${leased.job}::uuid`);
    await changed();
    const sealed = await queue.sealedBy(runner, queue.resultFor(leased));
    expect(await completeJob(runner, queue.fenceOf(runner, leased, token), sealed)).toBe('accepted');
    await changed();
    await execute(sql`update users set name = 'Grace' where id = ${owner}::uuid`);
    await changed();
    await execute(sql`update submissions set withdrawn_at = now() where id = ${submission}::uuid`);
    await changed();
  });

  it('stays for what no board shows: less than a tenth of progress, a nonce, a person without a submission', async () => {
    await queue.makeJobs(await queue.makeUser(), [[queue.trial]]);
    const runner = await queue.makeRunner();
    const token = queue.newToken();
    const leased = (await leaseJob({ id: runner.id, labels: runner.leaseLabels }, token))!;
    const before = await boardsVersion();
    await execute(sql`update jobs set progress = 0.04, heartbeat_at = now() where id = ${leased.job}::uuid`);
    await queue.makeUser('Somebody else');
    expect(await boardsVersion()).toBe(before);
  });

  it('is another one after a row was imported, and after its scores were mended from the same results', async () => {
    const seen = new Set<string>();
    const boards = new Set<string>();
    const changed = async (step: number) => {
      boards.add(JSON.stringify(await standings(core1)));
      seen.add(await boardsVersion());
      expect([boards.size, seen.size]).toEqual([step, step]);
    };
    const house = await userOf(houseIdentity);
    const [first, second] = committedRows();
    for (const [at, row] of [first!, second!].entries()) {
      const { id, name, kind, code, card } = baselineNamed(row.baseline);
      expect(await importSnapshot(house, row, { id, name, kind, code, card })).toBe(true);
      await changed(at + 1);
    }
    const flagged = sql`update scores set scores = jsonb_set(scores, '{flags}', '["collapsed"]'), computed_at = computed_at + interval '1 second'`;
    await execute(flagged); // as a process with a fault would have stored them
    await changed(3);
    expect((await rescore({ check: false, after: null })).differences).not.toEqual([]);
    await changed(4);
    await execute(sql`update scores set inputs = 'of another version of the scoring'`);
    await changed(5); // mended by who read the board
  });

  it('is another one after a runner was stopped: who waits may wait for it', async () => {
    const { id } = await queue.makeRunner();
    const before = await boardsVersion();
    await queue.setRunnerState(id, 'quarantined');
    expect(await boardsVersion()).not.toBe(before);
  });
});
