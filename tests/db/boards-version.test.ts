import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { completeJob } from '../../lib/complete-job.ts';
import { boardsVersion } from '../../lib/db/boards-version.ts';
import { requestEvaluation } from '../../lib/db/evaluations.ts';
import { leaseJob } from '../../lib/db/lease.ts';
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
});
