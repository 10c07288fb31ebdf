import { sql } from 'drizzle-orm';
import type { ResultEnvelope } from '../../lib/contract/dsse.ts';
import { failAttempt, heartbeat } from '../../lib/db/attempts.ts';
import { type Leased, leaseJob } from '../../lib/db/lease.ts';
import { finishJob, type Verdict } from '../../lib/db/results.ts';
import {
  clearQueue,
  fenceOf,
  makeJobs,
  makeRunner,
  makeUser,
  newToken,
  resultFor,
  type TestRunner,
  trialOfSeed,
} from './queue.ts';
import { execute } from './sql.ts';

const envelope: ResultEnvelope = { payloadType: 'application/vnd.antidote.result+json', payload: '', signatures: [] };
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

export type Storm = { jobs: number; runners: number; seed: number };
export type Aftermath = {
  /** What must never be, in words; empty where all is well. */
  violations: string[];
  /** Results posted for an attempt after the job had been given to another, and how many of them were taken. */
  superseded: { posted: number; accepted: number };
  accepted: number;
};

/**
 * Many runners at once on one queue, until nothing is left to do: some crash, some come back late as zombies, some post
 * twice, some fail or drain, some jobs are cancelled, some leases are asked for twice with one token. What they saw and
 * what is in the tables is then checked.
 */
export async function storm({ jobs: count, runners: runnerCount, seed }: Storm): Promise<Aftermath> {
  await clearQueue();
  const random = uniform(seed);
  const runners: TestRunner[] = [];
  for (let n = 0; n < runnerCount; n++) runners.push(await makeRunner());
  const jobs: string[] = [];
  for (let owner = 0; owner < 4; owner++) {
    const lists = Array.from({ length: count / 4 }, (_, trial) => [trialOfSeed(trial)]);
    jobs.push(...(await makeJobs(await makeUser(), lists)).jobs);
  }
  const seen: Seen = { violations: [], posts: [], open: count, busy: 0, broken: false };
  await together([...runners.map((runner) => work(runner, random, seen)), cancelSome(jobs, random, seen)], seen);
  return aftermath(jobs, seen);
}

type Post = { job: string; attempt: number; verdict: Verdict; superseded: boolean };
/** `open`: jobs that are not over. `busy`: runners that ask for a job or hold one. */
type Seen = { violations: string[]; posts: Post[]; open: number; busy: number; broken: boolean };

/**
 * Waits for all of them, also where one fails: the others stop then, so that none leases what a later test puts into
 * the queue.
 */
async function together(runs: Promise<void>[], seen: Seen): Promise<void> {
  for (const run of runs)
    run.catch(() => {
      seen.broken = true;
    });
  const failed = (await Promise.allSettled(runs)).find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}

async function work(runner: TestRunner, random: () => number, seen: Seen): Promise<void> {
  while (seen.open > 0 && !seen.broken) {
    const token = newToken();
    const asks = random() < 0.15 ? 2 : 1;
    seen.busy++;
    const answers = await Promise.all(
      Array.from({ length: asks }, () => leaseJob({ id: runner.id, labels: runner.leaseLabels }, token)),
    );
    const [leased] = answers;
    const held = new Set(
      answers.filter((answer) => answer !== null).map((answer) => `${answer.job} ${answer.attempt}`),
    );
    if (held.size > 1) seen.violations.push(`one token got ${held.size} jobs`);
    if (leased) await attempt(runner, leased, token, random, seen);
    seen.busy--;
    if (!leased) {
      await pause(20 + 30 * random());
      if (seen.busy === 0) await runOutAll(); // who held them is done: a queue that is broken keeps them leased
      await execute(sql`update jobs set run_after = now() where state = 'queued' and run_after > now()`); // nobody waits out a failure here
      seen.open = (await execute(sql`select 1 from jobs where state in ('queued', 'leased')`)).length;
    }
  }
}

async function attempt(
  runner: TestRunner,
  leased: Leased,
  token: string,
  random: () => number,
  seen: Seen,
): Promise<void> {
  const fence = fenceOf(runner, leased, token);
  const result = resultFor(leased);
  const post = async (superseded: boolean) => {
    const verdict = await finishJob(fence, result, envelope, `sha256:${leased.job}`);
    seen.posts.push({ job: leased.job, attempt: leased.attempt, verdict, superseded });
  };
  const luck = random();
  if (luck < 0.2) await runOut(leased); // it crashes, or sleeps past its lease
  if (luck < 0.08) return;
  if (luck < 0.2) {
    await pause(50 * random());
    const [now] = await execute<{ attempt: number }>(sql`select attempt from jobs where id = ${leased.job}::uuid`);
    return post(now!.attempt > leased.attempt);
  }
  if (luck < 0.26) return void (await failAttempt(fence, { class: 'infra', code: 'no-data', detail: '' }));
  if (luck < 0.32) return void (await failAttempt(fence, { class: 'released', code: 'drained', detail: '' }));
  await heartbeat(fence, { phase: 'training', progress: random() });
  await Promise.all(Array.from({ length: luck < 0.6 ? 2 : 1 }, () => post(false)));
}

/** Its lease is over now; nobody waits for its real end. */
const runOut = ({ job, attempt }: Leased) =>
  execute(sql`
    update jobs set lease_expires_at = now() - interval '1 millisecond'
    where id = ${job}::uuid and attempt = ${attempt} and state = 'leased'`);

const runOutAll = () =>
  execute(sql`update jobs set lease_expires_at = now() - interval '1 millisecond' where state = 'leased'`);

async function cancelSome(jobs: string[], random: () => number, seen: Seen): Promise<void> {
  for (let n = 0; n < 5 && seen.open > 0 && !seen.broken; n++) {
    await pause(100 * random());
    const job = jobs[Math.floor(random() * jobs.length)]!;
    await execute(sql`update jobs set cancel_requested = true where id = ${job}::uuid and state = 'leased'`);
  }
}

async function aftermath(jobs: string[], { violations, posts }: Seen): Promise<Aftermath> {
  const accepted = posts.filter(({ verdict }) => verdict === 'accepted');
  for (const [job, times] of counted(accepted.map((post) => post.job)))
    if (times > 1) violations.push(`job ${job} had ${times} results accepted`);
  for (const { job, attempt } of accepted)
    for (const twin of posts)
      if (twin.job === job && twin.attempt === attempt && twin.verdict === 'stale')
        violations.push(`job ${job}: stale was said to the one whose result was accepted`);
  const wrong = await execute<{ what: string; n: number }>(sql`
    with mine as (select * from jobs where id in (select jsonb_array_elements_text(${JSON.stringify(jobs)}::jsonb)::uuid)),
    tried as (select a.* from attempts a join mine on mine.id = a.job_id)
    select * from (
      select 'jobs that are not over' as what, count(*)::int as n from mine where state in ('queued', 'leased')
      union all select 'jobs whose attempts do not count up to the last', count(*)::int from mine
        where attempt <> (select count(*) from tried where job_id = mine.id) or attempt <> (select coalesce(max(attempt), 0) from tried where job_id = mine.id)
      union all select 'attempts without an end', count(*)::int from tried where ended_at is null
      union all select 'attempts that overlap the one before', count(*)::int from tried b join tried a on a.job_id = b.job_id and a.attempt + 1 = b.attempt
        where b.started_at < a.ended_at
      union all select 'jobs whose strikes are not their expired and infra attempts', count(*)::int from mine
        where strikes <> (select count(*) from tried where job_id = mine.id and outcome in ('expired', 'infra'))
      union all select 'succeeded jobs without a result, or results of other jobs', count(*)::int from mine left join results r on r.job_id = mine.id
        where (state = 'succeeded') <> (r.job_id is not null)
      union all select 'results that are not of the last attempt', count(*)::int from mine join results r on r.job_id = mine.id where r.attempt <> mine.attempt
      union all select 'results of an attempt that did not succeed', count(*)::int from results r join tried a on a.job_id = r.job_id and a.attempt = r.attempt
        where a.outcome <> 'succeeded'
      union all select 'tokens of more than one attempt', count(*)::int from (select 1 from tried group by token_hash having count(*) > 1) twice
    ) checks where n > 0`);
  violations.push(...wrong.map(({ what, n }) => `${n} ${what}`));
  const superseded = posts.filter((post) => post.superseded);
  return {
    violations,
    superseded: {
      posted: superseded.length,
      accepted: superseded.filter(({ verdict }) => verdict === 'accepted').length,
    },
    accepted: accepted.length,
  };
}

function counted(values: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Weyl's sequence, good enough to choose who crashes. */
function uniform(seed: number): () => number {
  let n = seed;
  return () => (++n * 0.6180339887498949) % 1;
}
