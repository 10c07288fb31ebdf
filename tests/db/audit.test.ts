import { sql } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { events } from '../../drizzle/schema.ts';
import { completeJob } from '../../lib/complete-job.ts';
import { sha256 } from '../../lib/contract/canonical.ts';
import { SubmissionRequest } from '../../lib/contract/submission-request.ts';
import { audit, lastAudit, lastEvent } from '../../lib/db/audit.ts';
import { db } from '../../lib/db/client.ts';
import { appendEvent, eventHash } from '../../lib/db/events.ts';
import { leaseJob } from '../../lib/db/lease.ts';
import { submit } from '../../lib/db/submit.ts';
import { onPglite } from '../support/pglite.ts';
import * as queue from '../support/queue.ts';
import { execute } from '../support/sql.ts';

onPglite();

describe('an audit', () => {
  let runner: queue.TestRunner;
  const jobs: string[] = [];
  beforeAll(async () => {
    runner = await queue.makeRunner();
    const owner = await queue.makeUser();
    const code = 'export default { shape: (step) => step.sum(step.norms()) };';
    const viewer = { id: owner, name: 'Ada', role: 'researcher' as const, local: true };
    await submit(viewer, SubmissionRequest.parse({ name: 'A defense', suite: 'smoke-1', code, card: {} }));
    for (let n = 0; n < 2; n++) {
      const token = queue.newToken();
      const leased = (await leaseJob({ id: runner.id, labels: runner.leaseLabels }, token))!;
      const sealed = await queue.sealedBy(runner, queue.resultFor(leased));
      await completeJob(runner, queue.fenceOf(runner, leased, token), sealed);
      jobs.push(leased.job);
    }
  });

  /** What was changed is put back after each test. */
  const mend: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const undo of mend.splice(0)) await undo();
    expect((await audit()).problems).toEqual([]);
  });
  async function damage(table: 'results' | 'events', where: string, set: string) {
    const [row] = await execute<{ row: unknown }>(sql.raw(`select to_jsonb(t) as row from ${table} t where ${where}`));
    await execute(sql.raw(`update ${table} set ${set} where ${where}`));
    mend.push(async () => {
      await execute(sql.raw(`delete from ${table} where ${where}`));
      await execute(
        sql`insert into ${sql.raw(table)} select * from jsonb_populate_record(null::${sql.raw(table)}, ${JSON.stringify(row!.row)}::jsonb)`,
      );
    });
  }

  it('finds nothing where nothing was changed, and is an event itself', async () => {
    const { events: before } = await audit();
    const found = await audit();
    expect(found).toEqual({ events: before + 1, results: 2, problems: [] });
    expect(await lastAudit()).toMatchObject({ events: before + 1, results: 2, problemCount: 0 });
    const [last] = await execute<{ kind: string; hash: string }>(
      sql`select kind, hash from events order by seq desc limit 1`,
    );
    expect(last!.kind).toBe('audit.ended');
    expect((await lastEvent())!.hash).toBe(last!.hash);
  });

  it('names an event whose data was changed', async () => {
    await damage('events', 'seq = 3', `data = data || '{"engine": "other"}'`);
    expect((await audit()).problems).toEqual([expect.stringMatching(/^event 3 \(\S+\): it was changed$/)]);
    expect(await lastAudit()).toMatchObject({ problemCount: 1, problems: [expect.stringContaining('event 3')] });
  });

  it('names the event after one that was removed', async () => {
    await damage('events', 'seq = 3', 'kind = kind');
    await execute(sql`delete from events where seq = 3`);
    expect((await audit()).problems).toEqual([
      expect.stringContaining('event 4: it does not follow event 2'),
      expect.stringMatching(/^evaluation .*: no event tells that it was asked for$/),
    ]);
  });

  it('names an event that was changed with its hash', async () => {
    const [row] = await (await db()).select().from(events).where(sql`seq = 3`);
    const [time] = await execute<{ at: string }>(
      sql`select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at from events where seq = 3`,
    );
    const forged = await eventHash(row!.previousHash, {
      kind: row!.kind,
      subject: row!.subject,
      data: {},
      at: time!.at,
    });
    await damage('events', 'seq = 3', `data = '{}', hash = '${forged}'`);
    expect((await audit()).problems).toEqual([expect.stringContaining('event 4: it does not follow event 3')]);
  });

  const ofJob = () => `job_id = '${jobs[0]}'`;
  it.each([
    [
      'a number',
      `trials = jsonb_set(trials, '{0,cleanAccuracy}', '0.99')`,
      'its trials are not those that were signed',
    ],
    [
      'a number in the payload',
      `payload = jsonb_set(payload, '{trials,0,cleanAccuracy}', '0.99')`,
      'its payload is not what was signed',
    ],
    [
      'a signature',
      `envelope = jsonb_set(envelope, '{signatures,0,sig}', to_jsonb(repeat('A', 86) || '=='))`,
      'it is not signed by its runner',
    ],
    ['the envelope', `envelope = '{}'`, 'its envelope is none'],
    ['the digest', `sha256 = 'sha256:0'`, 'its sha256 is not that of what was signed'],
    ['the attempt', 'attempt = 7', 'what was signed is of another attempt'],
  ])('names a result of which %s was changed', async (_, set, what) => {
    await damage('results', ofJob(), set);
    expect((await audit()).problems).toEqual([expect.stringContaining(`result of job ${jobs[0]}: ${what}`)]);
  });

  it('names a result that was replaced by another one that its runner signed', async () => {
    const [row] = await execute<{ payload: ReturnType<typeof queue.resultFor> }>(
      sql.raw(`select payload from results where ${ofJob()}`),
    );
    const better = structuredClone(row!.payload);
    better.trials[0]!.cleanAccuracy = 0.99;
    const sealed = await queue.sealedBy(runner, better);
    const digest = await sha256(Buffer.from(sealed.payload, 'base64'));
    const json = (value: unknown) => `'${JSON.stringify(value)}'::jsonb`;
    const set = `envelope = ${json(sealed)}, payload = ${json(better)}, trials = ${json(better.trials)}, sha256 = '${digest}'`;
    await damage('results', ofJob(), set);
    expect((await audit()).problems).toEqual([expect.stringContaining('another one was accepted')]);
  });

  it('names a result that was removed', async () => {
    await damage('results', ofJob(), 'attempt = attempt');
    await execute(sql.raw(`delete from results where ${ofJob()}`));
    expect((await audit()).problems).toEqual([
      expect.stringContaining(`result of job ${jobs[0]}: it was accepted`),
      `job ${jobs[0]}: it has succeeded, and its result is not there`,
    ]);
  });

  it('names the key that was put in the place of a runner’s', async () => {
    const other = await queue.makeRunner();
    const keyed = (key: string) => execute(sql`update runners set public_key = ${key} where id = ${runner.id}::uuid`);
    mend.push(() => keyed(runner.publicKey));
    await execute(sql`update runners set public_key = public_key || 'x' where id = ${other.id}::uuid`);
    await keyed(other.publicKey);
    const { problems } = await audit();
    expect(problems).toHaveLength(2);
    expect(problems.every((problem) => problem.includes('it is not signed by its runner'))).toBe(true);
  });

  it('reads ten thousand events to the last', async () => {
    const [{ seq, hash }] = (await execute<{ seq: number; hash: string }>(
      sql`select seq::int as seq, hash from events order by seq desc limit 1`,
    )) as [{ seq: number; hash: string }];
    let previous = hash;
    const at = new Date().toISOString();
    const rows = [];
    for (let n = 0; n < 10_000; n++) {
      const event = { kind: 'evaluation.requested', subject: `${n}`, data: { n } };
      const own = await eventHash(previous, { ...event, at });
      rows.push({ ...event, at, previous, hash: own });
      previous = own;
    }
    await execute(sql`
      insert into events (at, kind, subject, data, previous_hash, hash)
      select at::timestamptz, kind, subject, data, previous, hash
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(at text, kind text, subject text, data jsonb, previous text, hash text)`);
    await appendEvent({ kind: 'evaluation.requested', subject: 'last', data: {} });
    expect(await audit()).toMatchObject({ events: seq + 10_001, problems: [] });
  });
});
