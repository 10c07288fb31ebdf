import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { POST } from '../../app/api/runner/v1/lease/route.ts';
import { completeJob } from '../../lib/complete-job.ts';
import { signRequest } from '../../lib/contract/http-signature.ts';
import { LeaseAnswer } from '../../lib/contract/protocol.ts';
import { leaseJob } from '../../lib/db/lease.ts';
import { reconcile } from '../../lib/db/reconcile.ts';
import { listRunners } from '../../lib/db/runners.ts';
import { enterSeason, withdrawEntry } from '../../lib/db/season-entries.ts';
import { addSeasonRunner, beginClose, beginSeason, closeSeason, findSeason } from '../../lib/db/seasons.ts';
import { deleteAccount, userOf } from '../../lib/db/users.ts';
import type { SignedIn } from '../../lib/viewer.ts';
import { onPglite } from '../support/pglite.ts';
import * as queue from '../support/queue.ts';
import { hex, openedSeason, person, submissionOf } from '../support/season.ts';
import { execute } from '../support/sql.ts';

/** Entries become work for the runners that hold the season's files. */

onPglite();

let author: SignedIn;
let named: queue.TestRunner;
let other: queue.TestRunner;
beforeAll(async () => {
  await reconcile(); // a first lease would ask for the public work of the submissions below
  author = await person('Ada');
  [named, other] = await Promise.all([queue.makeRunner(), queue.makeRunner()]);
});

const url = 'http://localhost:3000/api/runner/v1/lease';

/** As the runner asks over HTTP. */
async function lease(runner: queue.TestRunner, seasons: readonly string[]): Promise<LeaseAnswer | null> {
  const body = new TextEncoder().encode(JSON.stringify({ leaseToken: queue.newToken(), seasons }));
  const signed = await signRequest({ method: 'POST', url, body }, { id: runner.id, privateKey: runner.privateKey });
  const headers = { 'content-type': 'application/json', host: 'localhost:3000', ...signed };
  const answer = await POST(new Request(url, { method: 'POST', headers, body }), { params: Promise.resolve({}) });
  return answer.status === 204 ? null : LeaseAnswer.parse(await answer.json());
}

const jobsOf = (season: string) =>
  execute<{ labels: string[]; state: string; digest: string }>(sql`
    select j.labels, j.state, j.suite_digest as digest from jobs j join evaluation_jobs ej on ej.job_id = j.id
    join evaluations e on e.id = ej.evaluation_id where e.season = ${season}`);

describe('an entry’s jobs', () => {
  it('are one for each seed of the plan, for holders of the season’s files, under its commitment', async () => {
    const { name, commitment } = await openedSeason('2027-01', { runners: [named.id] });
    await enterSeason(author, await submissionOf(author), name);
    const jobs = await jobsOf(name);
    expect(jobs).toHaveLength(2);
    for (const { labels, digest } of jobs)
      expect([digest, labels]).toEqual([commitment, expect.arrayContaining([`season:${name}`, 'jail', 'official'])]);
    await queue.clearQueue();
  });

  it('go to a runner that was named for it and has the files, and to no other', async () => {
    const { name, commitment } = await openedSeason('2027-02', { runners: [named.id] });
    await enterSeason(author, await submissionOf(author), name);
    expect(await lease(other, [name])).toBeNull(); // it says so, and nobody named it
    expect(await lease(named, [])).toBeNull(); // its files are not there
    expect(await lease(named, ['2027-01'])).toBeNull();
    const leased = await lease(named, ['2027-01', name]);
    expect(leased?.suite).toEqual({ id: `season-smoke-${name}`, digest: commitment });
    const datasets = leased!.trials.flatMap(({ scenario }) => /^clean-(.*)-(?:lr|mlp-128)$/.exec(scenario)?.[1] ?? []);
    expect(new Set(datasets)).toEqual(new Set(['hidden']));
    await queue.clearQueue();
  });

  it('are accepted with every trial of the plan, its data set called hidden', async () => {
    const { name } = await openedSeason('2027-03', { runners: [named.id] });
    await enterSeason(author, await submissionOf(author), name);
    for (let done = 0; done < 2; done++) {
      const token = queue.newToken();
      const leased = (await leaseJob({ id: named.id, labels: [...named.leaseLabels, `season:${name}`] }, token))!;
      const result = queue.resultFor(leased);
      expect(new Set(result.trials.map(({ dataset }) => dataset))).toEqual(new Set(['hidden']));
      const told = { ...result, trials: result.trials.map((trial) => ({ ...trial, dataset: 'emnist-letters' })) };
      const fence = queue.fenceOf(named, leased, token);
      await expect(completeJob(named, fence, await queue.sealedBy(named, told))).rejects.toThrow(/another dataset/);
      expect(await completeJob(named, fence, await queue.sealedBy(named, result))).toBe('accepted');
    }
    expect((await jobsOf(name)).map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
  });

  it('end where the entry is withdrawn', async () => {
    const { name } = await openedSeason('2027-04', { runners: [named.id] });
    const entry = await enterSeason(author, await submissionOf(author), name);
    await withdrawEntry(author, entry.id, 'A mistake.');
    expect((await jobsOf(name)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
  });
});

describe('one more runner, named after the opening', () => {
  const reason = 'The first one’s power supply failed.';
  const eventsOf = (season: string) =>
    execute<{ kind: string; data: unknown }>(
      sql`select kind, data from events where subject = ${season} and kind = 'season.runner-added'`,
    );

  it('gets the jobs of an entry that the first one left, and stands beside it with time and reason', async () => {
    const { name, holder } = await openedSeason('2028-01', { runners: [named.id] });
    await enterSeason(author, await submissionOf(author), name);
    await beginClose(name, holder); // also then: else the season could not be finished
    expect(await lease(other, [name])).toBeNull();
    const { runners } = await addSeasonRunner({ name, holder, runner: other.id, reason });
    const first = { id: named.id, name: named.name, addedAt: null, reason: null };
    expect(runners).toEqual([first, { id: other.id, name: other.name, addedAt: expect.any(String), reason }]);
    expect((await lease(other, [name]))?.suite.id).toBe(`season-smoke-${name}`);
    expect(await lease(named, [name])).not.toBeNull(); // nobody is taken away
    await queue.clearQueue();
  });

  it('is named once: again nothing changes, neither its time nor its reason, nor one of the opening', async () => {
    const { name, holder } = await openedSeason('2028-02', { runners: [named.id] });
    const once = await addSeasonRunner({ name, holder, runner: other.id, reason });
    for (const runner of [other.id, named.id])
      expect(await addSeasonRunner({ name, holder, runner, reason: 'Another reason.' })).toEqual(once);
    expect(await findSeason(name)).toEqual(once);
    expect(await eventsOf(name)).toEqual([{ kind: 'season.runner-added', data: { runner: other.id, reason } }]);
  });

  it('is named by the machine that holds the season alone, for a runner that gets work, between opening and close', async () => {
    const { name, holder, disclosure } = await openedSeason('2028-03');
    const asked = { name, holder, runner: other.id, reason };
    await expect(addSeasonRunner({ ...asked, holder: hex() })).rejects.toThrow(/on another machine/);
    await expect(addSeasonRunner({ ...asked, reason: '\u200b' })).rejects.toMatchObject({ code: 'invalid' });
    await expect(addSeasonRunner({ ...asked, runner: '00000000-0000-4000-8000-000000000000' })).rejects.toMatchObject({
      code: 'not-found',
    });
    const retired = await queue.makeRunner();
    await execute(sql`update runners set state = 'retired' where id = ${retired.id}::uuid`);
    await expect(addSeasonRunner({ ...asked, runner: retired.id })).rejects.toThrow(/gets no work: it is retired/);
    await beginSeason({ name: '2028-04', plan: 'smoke', holder });
    await expect(addSeasonRunner({ ...asked, name: '2028-04' })).rejects.toThrow(/is not open yet/);
    await beginClose(name, holder);
    await closeSeason({ name, holder, disclosure, now: false });
    await expect(addSeasonRunner(asked)).rejects.toThrow(/is closed/);
    expect([await eventsOf(name), (await findSeason(name))!.runners]).toEqual([[], []]);
  });
});

it('what a runner did for a season counts on its row from the close on, also where it ran a job again', async () => {
  const [first, second] = [await queue.makeRunner(), await queue.makeRunner()];
  const { name, holder, disclosure } = await openedSeason('2029-01', { runners: [first.id, second.id] });
  const work = async (runner: queue.TestRunner) => {
    const token = queue.newToken();
    const leased = (await leaseJob({ id: runner.id, labels: [...runner.leaseLabels, `season:${name}`] }, token))!;
    const sealed = await queue.sealedBy(runner, queue.resultFor(leased));
    expect(await completeJob(runner, queue.fenceOf(runner, leased, token), sealed)).toBe('accepted');
  };
  await queue.makeJobs(author.id, [[queue.trialOfSeed(7)]]);
  // By its key a job is run again or not, and here the code is random: of three jobs, the one of seed 0 alone is.
  await execute(
    sql`update jobs set key = 'sha256:fccccccb' || substr(md5(random()::text), 1, 24) where state = 'queued'`,
  );
  await work(first);
  await enterSeason(author, await submissionOf(author), name);
  const twice = sql`'sha256:' || case when trials -> 0 ->> 'seed' = '0' then '0ccccccb' else 'fccccccb' end || substr(md5(random()::text), 1, 24)`;
  await execute(sql`update jobs set key = ${twice} where suite = ${`season-smoke-${name}`}`);
  for (const runner of [first, first, second]) await work(runner);
  const counts = async () => {
    const rows = new Map((await listRunners()).map(({ id, finished }) => [id, finished]));
    return [rows.get(first.id), rows.get(second.id)];
  };
  expect(await counts()).toEqual([1, 0]);
  await beginClose(name, holder);
  expect(await counts()).toEqual([1, 0]);
  await closeSeason({ name, holder, disclosure, now: false });
  expect(await counts()).toEqual([3, 1]);
});

it('a season is closed when all that came in time is computed, or when its organizer says now', async () => {
  const { name, holder, disclosure } = await openedSeason('2027-07', { runners: [named.id] });
  await enterSeason(author, await submissionOf(author), name);
  await beginClose(name, holder);
  const end = { name, holder, disclosure, now: false };
  await expect(closeSeason(end)).rejects.toThrow(/1 entry of season 2027-07 is not computed to the end/);
  expect((await closeSeason({ ...end, now: true })).state).toBe('closed');
});

it('what our side gave up keeps a season from its close, and its author asks for it again by entering it again', async () => {
  const { name, holder, disclosure } = await openedSeason('2027-08', { runners: [named.id] });
  const submission = await submissionOf(author);
  const entry = await enterSeason(author, submission, name);
  await execute(sql`update jobs j set state = case when trials -> 0 ->> 'seed' = '0' then 'dead' else 'succeeded' end::job_state, finished_at = now()
    from evaluation_jobs ej join evaluations e on e.id = ej.evaluation_id where ej.job_id = j.id and e.season = ${name}`);
  await beginClose(name, holder);
  const end = { name, holder, disclosure, now: false };
  await expect(closeSeason(end)).rejects.toThrow(/1 entry of season 2027-08 is not computed to the end/);
  expect(await enterSeason(author, submission, name)).toEqual(entry);
  const states = async () => (await jobsOf(name)).map(({ state }) => state).sort();
  expect(await states()).toEqual(['dead', 'queued', 'succeeded']);
  await enterSeason(author, submission, name);
  expect(await states()).toHaveLength(3);
  await expect(closeSeason(end)).rejects.toThrow(/not computed to the end/);
  await execute(sql`update jobs set state = 'succeeded', finished_at = now() where state = 'queued'`);
  const [job] = await execute<{ id: string }>(sql`select ej.job_id as id from evaluation_jobs ej
    join evaluations e on e.id = ej.evaluation_id where e.season = ${name} limit 1`);
  const verdict = sql`insert into verdicts (check_id, job_id, verdict) values (${job!.id}::uuid, ${job!.id}::uuid, 'differs')`;
  await execute(verdict);
  await expect(closeSeason(end), 'two runners disagree').rejects.toThrow(/not computed to the end/);
  await execute(sql`delete from verdicts`);
  expect((await closeSeason(end)).state).toBe('closed');
  await execute(sql`update jobs set state = 'dead' where id = ${job!.id}::uuid`);
  expect(await enterSeason(author, submission, name)).toEqual(entry);
  expect(await jobsOf(name), 'a closed season stays as it is').toHaveLength(3);
});

it('two entries are a person’s, also of one who deletes the account and makes it again', async () => {
  const { name } = await openedSeason('2027-05');
  const identity = { provider: 'github', subject: '4711', name: 'Eve', email: null };
  const again = async (): Promise<SignedIn> => ({
    id: await userOf(identity),
    name: 'Eve',
    role: 'researcher',
    local: false,
  });
  const first = await again();
  await enterSeason(first, await submissionOf(first), name);
  await deleteAccount(first);
  await expect(enterSeason(first, await submissionOf(first), name)).rejects.toMatchObject({ code: 'conflict' });
  const second = await again();
  expect(second.id).not.toBe(first.id);
  await enterSeason(second, await submissionOf(second), name);
  await expect(enterSeason(second, await submissionOf(second), name)).rejects.toThrow(/entered 2/);
  await deleteAccount(second);
  const third = await again();
  await expect(enterSeason(third, await submissionOf(third), name)).rejects.toThrow(/entered 2/);
  const next = await openedSeason('2027-06');
  expect(await enterSeason(third, await submissionOf(third), next.name)).toMatchObject({ season: '2027-06' });
});
