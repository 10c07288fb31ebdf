import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { suiteOfEvaluation } from '../../lib/catalog/seasons.ts';
import { suiteNamed } from '../../lib/catalog/suites/index.ts';
import { sha256 } from '../../lib/contract/canonical.ts';
import { sealResult } from '../../lib/contract/dsse.ts';
import { newKeyPair } from '../../lib/contract/ed25519.ts';
import type { RunnerClass } from '../../lib/contract/protocol.ts';
import { failedTrial, type JobResult } from '../../lib/contract/result.ts';
import type { RunnerState } from '../../lib/contract/runner-state.ts';
import { specOf, type Trial } from '../../lib/contract/suite.ts';
import type { Fence } from '../../lib/db/attempts.ts';
import type { Event } from '../../lib/db/events.ts';
import { enqueue } from '../../lib/db/jobs.ts';
import type { Leased } from '../../lib/db/lease.ts';
import { createRunnerCode, enrolRunner, findRunner, type Runner } from '../../lib/db/runners.ts';
import { scoredTrial } from './scored-trial.ts';
import { execute } from './sql.ts';

/** What tests of the queue begin with: owners, submissions, runners, and work for them. */

export const suite = suiteNamed('smoke-1');
export const harnessDigest = `sha256:${'b'.repeat(64)}` as const;
export const newToken = () => randomBytes(32).toString('base64url');
export const trial: Trial = { scenario: 'badnets-mlp-128', budget: 0.01, seed: 0 };

export async function makeUser(name = 'Ada'): Promise<string> {
  const [user] = await execute<{ id: string }>(sql`insert into users (name) values (${name}) returning id`);
  return user!.id;
}

export async function makeSubmission(
  ownerId: string,
  { code = `// ${randomUUID()}`, baseline = null as string | null } = {},
): Promise<string> {
  const digest = await sha256(code);
  const [submission] = await execute<{ id: string }>(sql`
    with module as (insert into modules (sha256, code, bytes, kind) values (${digest}, ${code}, ${Buffer.byteLength(code)}, 'filter') on conflict do nothing returning 1)
    insert into submissions (owner_id, module_sha256, name, card, baseline) values (${ownerId}::uuid, ${digest}, 'A defense', '{}'::jsonb, ${baseline}) returning id`);
  return submission!.id;
}

/** The sha256 of a submission's module. */
export async function moduleOf(submission: string): Promise<string> {
  const [found] = await execute<{ sha256: string }>(
    sql`select module_sha256 as sha256 from submissions where id = ${submission}::uuid`,
  );
  return found!.sha256;
}

export type TestRunner = Runner & { privateKey: string; leaseLabels: string[] };

export async function makeRunner(
  runnerClass: RunnerClass = 'official',
  labels: string[] = ['engine:wasm', 'jail'],
): Promise<TestRunner> {
  const keys = await newKeyPair();
  const code = await createRunnerCode('chore', labels);
  const enrolled = await enrolRunner({
    code,
    publicKey: keys.publicKey,
    name: `runner ${randomUUID().slice(0, 8)}`,
    labels,
    about: {},
  });
  if (typeof enrolled === 'string') throw new Error(enrolled);
  await execute(sql`update runners set class = ${runnerClass} where id = ${enrolled.runner}::uuid`); // community: of an older version
  return {
    ...(await findRunner(enrolled.runner))!,
    privateKey: keys.privateKey,
    leaseLabels: [...labels, ...(runnerClass === 'official' ? ['official'] : [])],
  };
}

/** As if an organizer had ordered it. */
export const setRunnerState = (id: string, state: RunnerState) =>
  execute(sql`update runners set state = ${state} where id = ${id}::uuid`);

/** An evaluation of a new submission, with one job for each list of trials. Returns evaluation and jobs, in order. */
export async function makeJobs(
  ownerId: string,
  trialLists: Trial[][],
  options: { ours?: boolean; code?: string; class?: RunnerClass } = {},
) {
  const submissionId = await makeSubmission(ownerId, {
    ...(options.code && { code: options.code }),
    baseline: options.ours ? 'none' : null,
  });
  const [module] = await execute<{ sha256: string }>(
    sql`select module_sha256 as sha256 from submissions where id = ${submissionId}::uuid`,
  );
  const work = trialLists.map((trials) => ({
    moduleSha256: module!.sha256,
    runtime: 'javascript' as const,
    suiteDigest: suite.digest,
    season: '',
    harnessDigest,
    engine: 'wasm' as const,
    class: options.class ?? ('official' as const),
    trials,
  }));
  const evaluation = randomUUID();
  const insert = sql`insert into evaluations (id, submission_id, suite, suite_digest, harness_digest, engine, requested_by)
    values (${evaluation}::uuid, ${submissionId}::uuid, ${suite.id}, ${suite.digest}, ${harnessDigest}, 'wasm', ${ownerId}::uuid) on conflict on constraint evaluations_once do nothing returning id`;
  const event: Event = { kind: 'evaluation.requested', subject: evaluation, data: {} };
  await enqueue(insert, work, { suite: suite.id, ownerId, ours: options.ours ?? false, event });
  const jobs = await execute<{ id: string }>(sql`
    select j.id from jobs j join evaluation_jobs ej on ej.job_id = j.id where ej.evaluation_id = ${evaluation}::uuid order by j.vtime`);
  return { submissionId, evaluation, jobs: jobs.map(({ id }) => id) };
}

export const trialOfSeed = (seed: number): Trial => ({ ...trial, seed });

export const fenceOf = (runner: { id: string }, leased: { job: string; attempt: number }, token: string): Fence => ({
  runner: runner.id,
  job: leased.job,
  attempt: leased.attempt,
  token,
});

/** A result with plausible numbers, or with every trial failed for one reason. */
export function resultFor(
  leased: Leased,
  change: { outcome?: 'timed-out' | 'threw'; cleanAccuracy?: number; jailed?: boolean } = {},
): JobResult {
  const cost = { seconds: 2, undefendedSeconds: 1, peakBytes: 1000 };
  const ownSuite = suiteOfEvaluation(leased.suite)!;
  const measured = { cleanAccuracy: change.cleanAccuracy ?? 0.85, robustAccuracy: 0.5, attackSuccess: 0.4 };
  const { outcome } = change;
  return {
    format: 'antidote-result-1',
    job: leased.job,
    attempt: leased.attempt,
    suite: { id: leased.suite, digest: leased.suiteDigest },
    module: { sha256: leased.moduleSha256, bytes: leased.moduleBytes, kind: leased.moduleKind },
    harness: { version: '0.1.0', digest: leased.harnessDigest },
    engine: { backend: leased.engine, version: '4.22.0', threads: 1, cpu: 'test', gpu: null },
    jailed: change.jailed ?? true,
    trials: leased.trials.map((asked) =>
      outcome
        ? failedTrial(specOf(ownSuite, asked), { reason: outcome, detail: 'It did.' }, cost)
        : scoredTrial(ownSuite, asked, leased.moduleKind, measured, cost),
    ),
  };
}

export const sealedBy = (runner: TestRunner, result: JobResult) =>
  sealResult(result, { id: runner.id, privateKey: runner.privateKey });

/** As if the time had passed: the lease, and if asked the deadline, ran out a second ago. */
export const expire = (job: string, what: 'lease' | 'deadline' = 'lease') =>
  what === 'lease'
    ? execute(sql`update jobs set lease_expires_at = now() - interval '1 second' where id = ${job}::uuid`)
    : execute(
        sql`update jobs set lease_expires_at = now() - interval '1 second', deadline_at = now() - interval '1 second' where id = ${job}::uuid`,
      );

export type JobState = {
  state: string;
  attempt: number;
  strikes: number;
  attempts: number;
  results: number;
  cancelReason: string | null;
};
export async function jobState(job: string): Promise<JobState> {
  const [state] = await execute<JobState>(sql`
    select state, attempt, strikes, cancel_reason as "cancelReason", (select count(*)::int from attempts where job_id = jobs.id) as attempts,
      (select count(*)::int from results where job_id = jobs.id) as results
    from jobs where id = ${job}::uuid`);
  return state!;
}

/** Every waiting or leased job is put away, so that a test sees its own alone. */
export const clearQueue = () =>
  execute(
    sql`update jobs set state = 'cancelled', runner_id = null, token_hash = null, lease_expires_at = null, deadline_at = null where state in ('queued', 'leased')`,
  );
