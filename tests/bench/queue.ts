import { sql } from 'drizzle-orm';
import type { ResultEnvelope } from '../../lib/contract/dsse.ts';
import { boardsVersion } from '../../lib/db/boards-version.ts';
import { connectTo } from '../../lib/db/client.ts';
import { evaluationsOf, evaluationsOfSuite } from '../../lib/db/evaluation-views.ts';
import { queueDepth } from '../../lib/db/jobs.ts';
import { leaseJob } from '../../lib/db/lease.ts';
import { minutesLeft } from '../../lib/db/place-in-queue.ts';
import { reconcile } from '../../lib/db/reconcile.ts';
import { finishJob } from '../../lib/db/results.ts';
import { startPostgres } from '../support/postgres.ts';
import { fenceOf, makeJobs, makeRunner, makeUser, newToken, resultFor, trialOfSeed } from '../support/queue.ts';
import { execute } from '../support/sql.ts';

/**
 * What the queue takes once it is large: a million jobs that are done, twenty thousand that wait, on a PostgreSQL of
 * its own. Goal: p50 of at most 15 ms to lease, to take a result, to enqueue. `reconcile` is what each lease looks at
 * beside. Then what people ask: one submission and when it will be done, a board of up to a hundred, the health check.
 */
const done = 1_000_000;
const waiting = 20_000;
const rounds = 300;

const server = await startPostgres();
const connection = await connectTo({ driver: 'postgres', url: server.url });
try {
  await fill();
  const begin = performance.now();
  const mended = await reconcile();
  console.log(`reconcile at start ${((performance.now() - begin) / 1000).toFixed(1)} s, ${mended} mended`);
  const runner = await makeRunner();
  const envelope: ResultEnvelope = { payloadType: 'application/vnd.antidote.result+json', payload: '', signatures: [] };
  const times = {
    reconcile: [] as number[],
    lease: [] as number[],
    result: [] as number[],
    enqueue: [] as number[],
    submission: [] as number[],
    'its end': [] as number[],
    board: [] as number[],
    health: [] as number[],
  };
  const timed = async <T>(name: keyof typeof times, run: () => Promise<T>): Promise<T> => {
    const begin = performance.now();
    const value = await run();
    times[name].push(performance.now() - begin);
    return value;
  };
  const newcomer = await makeUser();
  for (let round = 0; round < rounds; round++) {
    const token = newToken();
    await timed('reconcile', reconcile);
    const leased = (await timed('lease', () => leaseJob({ id: runner.id, labels: runner.leaseLabels }, token)))!;
    const result = resultFor(leased);
    await timed('result', () => finishJob(fenceOf(runner, leased, token), result, envelope, `sha256:${leased.job}`));
    if (round % 3 !== 0) continue;
    const { submissionId } = await timed('enqueue', () => makeJobs(newcomer, [[trialOfSeed(0)], [trialOfSeed(1)]])); // with its submission, and read back
    const [evaluation] = await timed('submission', () => evaluationsOf(submissionId));
    await timed('its end', () => minutesLeft(evaluation!.id));
    await timed('board', () => evaluationsOfSuite('smoke-1'));
    await timed('health', () => Promise.all([queueDepth(), boardsVersion()]));
  }
  console.log(
    `queue with ${done.toLocaleString('en-US')} jobs done and ${waiting.toLocaleString('en-US')} waiting, ms`,
  );
  for (const [name, all] of Object.entries(times)) {
    all.sort((a, b) => a - b);
    const at = (share: number) => all[Math.floor(share * (all.length - 1))]!.toFixed(1);
    console.log(
      `${name.padEnd(10)} p50 ${at(0.5).padStart(6)}   p95 ${at(0.95).padStart(6)}   p99 ${at(0.99).padStart(6)}   n ${all.length}`,
    );
  }
} finally {
  await connection.close();
  await server.stop();
}

/** Made inside the server: rows as the queue itself leaves them, of 200 owners. */
async function fill(): Promise<void> {
  const owner = await makeUser();
  const { jobs } = await makeJobs(owner, [[trialOfSeed(0)]]);
  const runner = await makeRunner('official', ['engine:wasm']);
  await execute(sql`insert into users (name) select 'owner ' || n from generate_series(1, 200) n`);
  await execute(sql`set statement_timeout = 0`);
  for (const [state, count] of [
    ['succeeded', done],
    ['queued', waiting],
  ] as const)
    for (let from = 0; from < count; from += 50_000)
      await execute(sql`
        insert into jobs (key, module_sha256, suite, suite_digest, harness_digest, engine, trials, labels, owner_id, state, attempt, vtime, finished_at, progress)
        select ${state} || n, j.module_sha256, j.suite, j.suite_digest, j.harness_digest, j.engine, j.trials, j.labels,
          (select array_agg(id) from users)[1 + n % 200], ${state}::job_state, (${state} = 'succeeded')::int, n, case when ${state} = 'succeeded' then now() end,
          (${state} = 'succeeded')::int
        from jobs j, generate_series(${from}::int, ${Math.min(count, from + 50_000) - 1}::int) n where j.id = ${jobs[0]!}::uuid`);
  await execute(sql`
    insert into attempts (job_id, attempt, runner_id, token_hash, ended_at, outcome)
    select id, 1, ${runner.id}::uuid, id::text, now(), 'succeeded' from jobs where state = 'succeeded'`);
  await execute(sql`
    insert into results (job_id, attempt, runner_id, sha256, envelope, payload, trials)
    select id, 1, ${runner.id}::uuid, '', '{}', '{}', '[]' from jobs where state = 'succeeded'`);
  await execute(sql`
    insert into events (kind, subject, data, previous_hash, hash)
    select 'result.accepted', job_id::text, '{}', 'before ' || job_id, 'after ' || job_id from results`);
  await execute(sql`analyze`);
}
