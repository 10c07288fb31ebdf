import { type SQL, sql } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { core1 } from '../../lib/catalog/suites/core-1.ts';
import { smoke1 } from '../../lib/catalog/suites/smoke-1.ts';
import { completeJob } from '../../lib/complete-job.ts';
import { SubmissionRequest } from '../../lib/contract/submission-request.ts';
import { audit } from '../../lib/db/audit.ts';
import { findInconsistent, inconsistencies } from '../../lib/db/inconsistencies/index.ts';
import { leaseJob } from '../../lib/db/lease.ts';
import { reconcile as mendedNow } from '../../lib/db/reconcile.ts';
import { finishJob } from '../../lib/db/results.ts';
import { standings } from '../../lib/db/standings.ts';
import { submit } from '../../lib/db/submit.ts';
import { diesAfter } from '../support/dying-database.ts';
import { onPglite } from '../support/pglite.ts';
import * as queue from '../support/queue.ts';
import { execute } from '../support/sql.ts';
import { untimed } from '../support/untimed.ts';

/** As if the process had just started, or had run for long. */
const shared = globalThis as { antidoteReconciled?: { whole: Promise<number> | null; tried: Set<string> } };
function reconcile(when: 'start' | 'lease'): Promise<number> {
  shared.antidoteReconciled = { whole: when === 'lease' ? Promise.resolve(0) : null, tried: new Set() };
  return mendedNow();
}

onPglite();

describe('what an older version or a crash left', () => {
  let owner: string;
  let runner: queue.TestRunner;
  const log: string[] = [];
  beforeAll(async () => {
    owner = await queue.makeUser();
    runner = await queue.makeRunner();
  });
  beforeEach(() => {
    vi.spyOn(console, 'error').mockImplementation((line) => void log.push(line));
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    log.length = 0;
    await queue.clearQueue();
  });

  const viewer = () => ({ id: owner, name: 'Ada', role: 'researcher' as const, local: true });
  const code = () => `export default { shape: (step) => step.sum(step.norms()) }; // ${Math.random()}`;
  const enter = async (suite = smoke1.id) => {
    const { id } = await submit(
      viewer(),
      SubmissionRequest.parse({ name: 'A defense', suite, code: code(), card: {} }),
    );
    const rows = await execute<{ id: string; suite: string }>(
      sql`select id, suite from evaluations where submission_id = ${id}::uuid`,
    );
    return { submission: id, of: (wanted: string) => rows.find((row) => row.suite === wanted)!.id };
  };
  const lease = async () => {
    const token = queue.newToken();
    return { token, leased: (await leaseJob({ id: runner.id, labels: runner.leaseLabels }, token))! };
  };
  const post = async (
    { token, leased }: Awaited<ReturnType<typeof lease>>,
    change: Parameters<typeof queue.resultFor>[1] = {},
  ) => {
    await completeJob(
      runner,
      queue.fenceOf(runner, leased, token),
      await queue.sealedBy(runner, queue.resultFor(leased, change)),
    );
    return leased.job;
  };
  const finished = async (suite = smoke1.id) => {
    const entered = await enter(suite);
    const jobs = [await post(await lease()), await post(await lease())];
    return { ...entered, jobs };
  };
  /** Everything happened some minutes ago. */
  const age = () => execute(sql`update jobs set finished_at = finished_at - interval '2 minutes'`);

  /** What is broken, past the data layer; it returns whose id must be found, and what must hold after it was mended. */
  const breaks: Record<string, () => Promise<{ id: string; mended: SQL }>> = {
    'lease-without-attempt': async () => {
      await enter();
      const { leased } = await lease();
      await execute(sql`delete from attempts where job_id = ${leased.job}::uuid`);
      return {
        id: leased.job,
        mended: sql`select 1 from attempts where job_id = ${leased.job}::uuid and attempt = 1 and ended_at is null`,
      };
    },
    'attempt-without-end': async () => {
      await enter();
      const { leased } = await lease();
      await execute(sql`update jobs set state = 'queued', runner_id = null, token_hash = null, lease_expires_at = null, deadline_at = null
        where id = ${leased.job}::uuid`);
      return {
        id: leased.job,
        mended: sql`select 1 from attempts where job_id = ${leased.job}::uuid and outcome = 'released' and ended_at is not null`,
      };
    },
    'success-without-result': async () => {
      const {
        jobs: [job],
      } = await finished();
      await execute(sql`delete from results where job_id = ${job!}::uuid`);
      return { id: job!, mended: sql`select 1 from jobs where id = ${job!}::uuid and state = 'queued'` };
    },
    'result-without-success': async () => {
      const {
        jobs: [job],
      } = await finished();
      await execute(sql`update jobs set state = 'queued', finished_at = null where id = ${job!}::uuid`);
      return { id: job!, mended: sql`select 1 from jobs where id = ${job!}::uuid and state = 'succeeded'` };
    },
    'submission-without-evaluation': async () => {
      const id = await queue.makeSubmission(owner, { code: code() });
      return {
        id,
        mended: sql`select 1 from evaluations e join evaluation_jobs ej on ej.evaluation_id = e.id where submission_id = ${id}::uuid`,
      };
    },
    'evaluation-without-jobs': async () => {
      const id = (await enter()).of(smoke1.id);
      await execute(sql`delete from evaluation_jobs where evaluation_id = ${id}::uuid`);
      await execute(sql`delete from jobs where state = 'queued'`);
      return { id, mended: sql`select 1 from evaluation_jobs where evaluation_id = ${id}::uuid` };
    },
    'evaluation-waits-for-nothing': async () => {
      const { submission, of } = await enter(core1.id);
      await execute(sql`delete from evaluation_jobs where evaluation_id = ${of(smoke1.id)}::uuid`);
      await execute(sql`delete from evaluations where id = ${of(smoke1.id)}::uuid`);
      return {
        id: of(core1.id),
        mended: sql`select 1 from evaluations where submission_id = ${submission}::uuid and suite = 'smoke-1'`,
      };
    },
    'admission-due': async () => {
      const { of } = await finished(core1.id);
      await execute(sql`delete from evaluation_jobs where evaluation_id = ${of(core1.id)}::uuid`);
      await execute(sql`update scores set computed_at = now() - interval '1 hour'`);
      return {
        id: of(core1.id),
        mended: sql`select 1 from evaluation_jobs where evaluation_id = ${of(core1.id)}::uuid`,
      };
    },
    'withdrawal-unfinished': async () => {
      const { submission, of } = await enter();
      await execute(sql`update submissions set withdrawn_at = now() where id = ${submission}::uuid`);
      return {
        id: submission,
        mended: sql`select 1 from jobs j join evaluation_jobs ej on ej.job_id = j.id
        where ej.evaluation_id = ${of(smoke1.id)}::uuid and j.state = 'cancelled'`,
      };
    },
    'time-limit-passed': async () => {
      const { of } = await enter();
      await post(await lease(), { outcome: 'timed-out' });
      await execute(sql`update jobs set state = 'queued', cancel_requested = false, cancel_reason = null where state = 'cancelled'
        and id in (select job_id from evaluation_jobs where evaluation_id = ${of(smoke1.id)}::uuid)`);
      await execute(sql`delete from scores where evaluation_id = ${of(smoke1.id)}::uuid`);
      await execute(sql`update results set created_at = created_at - interval '1 hour'`);
      return {
        id: of(smoke1.id),
        mended: sql`select 1 from jobs j join evaluation_jobs ej on ej.job_id = j.id
        where ej.evaluation_id = ${of(smoke1.id)}::uuid and j.state = 'cancelled'`,
      };
    },
    'check-without-verdict': async () => {
      const {
        jobs: [job],
      } = await finished();
      // One job of twenty has a check 1 by itself, drawn by its key; the code is random.
      await execute(sql`insert into jobs (key, module_sha256, suite, suite_digest, harness_digest, engine, trials, labels, owner_id, checks)
        select key || ' check 2', module_sha256, suite, suite_digest, harness_digest, engine, trials, array['engine:wasm', 'official'], owner_id, id
        from jobs where id = ${job!}::uuid`);
      const other = await queue.makeRunner();
      const token = queue.newToken();
      const leased = (await leaseJob({ id: other.id, labels: other.leaseLabels }, token))!;
      const result = queue.resultFor(leased);
      await finishJob(
        queue.fenceOf(other, leased, token),
        result,
        await queue.sealedBy(other, result),
        `sha256:${leased.job}`,
      );
      return {
        id: leased.job,
        mended: sql`select 1 from verdicts where check_id = ${leased.job}::uuid and verdict = 'same'`,
      };
    },
    'scores-missing': async () => {
      const { of } = await finished();
      await execute(sql`delete from scores where evaluation_id = ${of(smoke1.id)}::uuid`);
      return { id: of(smoke1.id), mended: sql`select 1 from scores where evaluation_id = ${of(smoke1.id)}::uuid` };
    },
    'submission-untold': async () => {
      const { submission } = await enter();
      await forget('submission.created', submission);
      return { id: submission, mended: told('submission.created', submission) };
    },
    'withdrawal-untold': async () => {
      const { submission } = await finished();
      await execute(sql`update submissions set withdrawn_at = now() where id = ${submission}::uuid`);
      return { id: submission, mended: told('submission.withdrawn', submission) };
    },
    'evaluation-untold': async () => {
      const id = (await enter()).of(smoke1.id);
      await forget('evaluation.requested', id);
      return { id, mended: told('evaluation.requested', id) };
    },
    'import-untold': async () => {
      const id = (await finished()).of(smoke1.id);
      await execute(sql`update evaluations set snapshot_at = now() where id = ${id}::uuid`);
      return { id, mended: told('evaluation.imported', id) };
    },
    'refusal-untold': async () => {
      const id = (await enter(core1.id)).of(core1.id);
      await execute(sql`update evaluations set refused = 'It was not passed.' where id = ${id}::uuid`);
      return { id, mended: told('evaluation.refused', id) };
    },
    'result-untold': async () => {
      const {
        jobs: [job],
      } = await finished();
      await forget('result.accepted', job!);
      return { id: job!, mended: told('result.accepted', job!) };
    },
  };
  const told = (kind: string, subject: string) =>
    sql`select 1 from events where kind = ${kind} and subject = ${subject}`;
  /** The chain closes over it: this is not what an audit of the chain is tested with. */
  const forget = (kind: string, subject: string) =>
    execute(sql`delete from events where kind = ${kind} and subject = ${subject}`);

  it('every inconsistency of the list is broken here', () => {
    expect(Object.keys(breaks)).toEqual(inconsistencies.map(({ id }) => id));
  });

  describe.each(Object.entries(breaks))('%s', (name, damage) => {
    it.each(
      inconsistencies.find(({ id }) => id === name)?.atLease ? (['start', 'lease'] as const) : (['start'] as const),
    )('is found, named by an audit, mended at the %s, and said in an event and in the log', async (when) => {
      await reconcile('start');
      const { id, mended } = await damage();
      await age();
      const one = inconsistencies.find((known) => known.id === name)!;
      expect((await audit()).problems).toContain(`${one.of} ${id}: ${one.words}`);
      expect(await execute(mended)).toEqual([]);
      log.length = 0;
      expect(await reconcile(when)).toBeGreaterThan(0);
      expect(await execute(mended)).not.toEqual([]);
      expect(await findInconsistent([one], { settleSeconds: 0, recent: false })).toEqual([]);
      expect(log.map((line) => JSON.parse(line))).toContainEqual({ repaired: name, [one.of]: id });
      const events = await execute(sql`select 1 from events where subject = ${id}
          and (data ->> 'repaired' = ${name} or (kind = 'record.repaired' and data ->> 'inconsistency' = ${name}))`);
      expect(events).toHaveLength(1);
      expect(await reconcile(when)).toBe(0);
    });
  });

  it('a board after a mended crash is the board without one', async () => {
    await reconcile('start');
    const { submission, of } = await finished();
    const rowOf = async () => (await standings(smoke1)).map(untimed).find((row) => row.submission === submission);
    const before = await rowOf();
    await execute(sql`delete from scores where evaluation_id = ${of(smoke1.id)}::uuid`);
    await reconcile('start');
    expect(await rowOf()).toEqual(before);
  });

  it('what another process is about to do is left to it', async () => {
    await reconcile('start');
    const { of } = await finished();
    await execute(sql`delete from scores where evaluation_id = ${of(smoke1.id)}::uuid`);
    expect(await reconcile('lease')).toBe(0);
    expect((await audit()).problems.filter((problem) => problem.includes('scores'))).toEqual([]);
  });

  it('and that a database which dies while it is mended leaves to the next start', async () => {
    await reconcile('start');
    const { of } = await finished(core1.id);
    const [smoke, core] = [of(smoke1.id), of(core1.id)];
    for (let statements = 0, ended = false; !ended; statements++) {
      await execute(sql`delete from scores where evaluation_id in (${smoke}::uuid, ${core}::uuid)`);
      await execute(sql`delete from evaluation_jobs where evaluation_id = ${core}::uuid`);
      await execute(sql`delete from jobs where state = 'queued'`);
      ended = await diesAfter(statements, () => reconcile('start'));
      await reconcile('start');
      expect(
        await findInconsistent(inconsistencies, { settleSeconds: 0, recent: false }),
        `after ${statements} statements`,
      ).toEqual([]);
    }
  });
});
