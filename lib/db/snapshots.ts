import { randomUUID } from 'node:crypto';
import { inArray, sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { jobs } from '../../drizzle/schema.ts';
import { BaselineId } from '../catalog/baselines/index.ts';
import { sha256 } from '../contract/canonical.ts';
import { fromBase64 } from '../contract/ed25519.ts';
import { JobResult } from '../contract/result.ts';
import { type SnapshotJob, SnapshotRow } from '../contract/snapshot.ts';
import { hashOf } from '../secrets.ts';
import { db, execute } from './client.ts';
import { changeWithEvent } from './events.ts';
import { isGivenUp, keyOf, labelsOf } from './jobs.ts';
import { iso, textArray } from './values.ts';

type Row = Omit<SnapshotRow, 'jobs'>;

/** Why a runner stands among those that held a season’s files, where this site never gave it work. */
const heldBefore = 'It computed a reference row that was taken in.';

/**
 * Stores a row of the reference table as the evaluation that it was, with its runner, jobs, attempts and results, in
 * one statement with its event. `season` is empty for one of a public suite. One of a season is its entry too, from the
 * time at which its work began; in a season that is not closed its runner is named among those that held the files.
 * False where this evaluation, or one of its results, is here already: then nothing is stored.
 */
export async function storeSnapshot(
  row: Row,
  results: readonly SnapshotJob[],
  { season, ...submission }: { season: string; id: string; ownerId: string },
): Promise<boolean> {
  const stored = await Promise.all(
    results.map(async ({ result, envelope, startedAt, endedAt }) => {
      const work = {
        moduleSha256: row.module.sha256,
        runtime: 'javascript' as const,
        suiteDigest: row.suite.digest,
        season,
        harnessDigest: row.harness.digest,
        engine: row.engine.backend,
        class: 'official' as const,
        trials: result.trials.map(({ scenario, budget, seed }) => ({ scenario, budget, seed })),
      };
      const { job: id, attempt, trials } = result;
      const digest = await sha256(fromBase64(envelope.payload));
      const tokenHash = hashOf(`snapshot ${id} ${attempt}`); // nobody's: it only has to be unique
      return {
        id,
        attempt,
        key: await keyOf(work),
        asked: work.trials,
        labels: labelsOf(work, true),
        sha256: digest,
        envelope,
        payload: result,
        trials,
        startedAt,
        endedAt,
        tokenHash,
      };
    }),
  );
  const id = randomUUID();
  const digests = Object.fromEntries(stored.map(({ id: job, sha256: digest }) => [job, digest]));
  const data = {
    submission: submission.id,
    suite: row.suite.id,
    digest: row.suite.digest,
    runner: row.runner.id,
    results: digests,
  };
  const done = await changeWithEvent(
    { kind: 'evaluation.imported', subject: id, data },
    sql`
    given as (
      select * from jsonb_to_recordset(${JSON.stringify(stored)}::jsonb) as g(id uuid, attempt int, key text, asked jsonb, labels jsonb, sha256 text,
        envelope jsonb, payload jsonb, trials jsonb, "startedAt" timestamptz, "endedAt" timestamptz, "tokenHash" text)
    ), evaluation as (
      insert into evaluations (id, submission_id, suite, suite_digest, season, harness_digest, engine, snapshot_at, created_at)
      select ${id}::uuid, ${submission.id}::uuid, ${row.suite.id}, ${row.suite.digest}, ${season}, ${row.harness.digest}, ${row.engine.backend}, ${row.computed}::timestamptz,
        (select min("startedAt") from given)
      where not exists (select 1 from jobs j join given g on j.id = g.id or (j.key = g.key and j.state in ('queued', 'leased', 'succeeded')))
      on conflict on constraint evaluations_once do nothing returning id
    ), runner as (
      insert into runners (id, name, public_key, class, labels, state)
      select ${row.runner.id}::uuid, ${row.runner.name}, ${row.runner.publicKey}, 'official', ${textArray([`engine:${row.engine.backend}`])}, 'retired'
      from evaluation on conflict (id) do nothing returning 1
    ), job as (
      insert into jobs (id, key, module_sha256, suite, suite_digest, harness_digest, engine, trials, labels, owner_id, state, attempt, progress, created_at,
        finished_at)
      select g.id, g.key, ${row.module.sha256}, ${row.suite.id}, ${row.suite.digest}, ${row.harness.digest}, ${row.engine.backend}, g.asked,
        array(select jsonb_array_elements_text(g.labels)), ${submission.ownerId}::uuid, 'succeeded', g.attempt, 1, g."startedAt", g."endedAt"
      from given g, evaluation returning id
    ), linked as (
      insert into evaluation_jobs (evaluation_id, job_id) select evaluation.id, job.id from evaluation, job returning 1
    ), attempted as (
      insert into attempts (job_id, attempt, runner_id, token_hash, started_at, ended_at, outcome)
      select g.id, g.attempt, ${row.runner.id}::uuid, g."tokenHash", g."startedAt", g."endedAt", 'succeeded' from given g, evaluation returning 1
    ), resulted as (
      insert into results (job_id, attempt, runner_id, sha256, envelope, payload, trials, created_at)
      select g.id, g.attempt, ${row.runner.id}::uuid, g.sha256, g.envelope, g.payload, g.trials, g."endedAt" from given g, evaluation returning 1
    ), entered as (
      insert into season_entries (season, submission_id, author_id, late, created_at)
      select ${season}, ${submission.id}::uuid, ${submission.ownerId}::uuid, false, (select min("startedAt") from given)
      from evaluation where ${season} <> '' on conflict on constraint season_entries_once do nothing returning 1
    ), held as (
      insert into season_runners (season, runner_id, added_at, reason)
      select s.name, ${row.runner.id}::uuid, (select min("startedAt") from given), ${heldBefore}
      from seasons s, evaluation where s.name = ${season} and s.state in ('open', 'closing') on conflict do nothing returning 1
    ), changed as (
      select id from evaluation
    )`,
  );
  return done > 0;
}

/** Those of the jobs that this site knows. */
export async function jobsHere(ids: readonly string[]): Promise<string[]> {
  const here = await (await db())
    .select({ id: jobs.id })
    .from(jobs)
    .where(inArray(jobs.id, [...ids]));
  return here.map(({ id }) => id);
}

const Time = z.iso.datetime();
const Finished = z.object({
  baseline: BaselineId,
  computed: Time,
  runner: SnapshotRow.shape.runner,
  jobs: z.array(z.object({ payload: JobResult, signature: z.string(), startedAt: Time, endedAt: Time })),
});
type Finished = z.infer<typeof Finished>;

/**
 * The evaluations of reference defenses on this suite that this site has brought to their end, each by one runner: what
 * a snapshot is made of. Those that came late to a season are left out, and those of which two runs disagreed, decided
 * or not: a row is the word of one runner.
 */
export const finishedBaselines = (suiteDigest: string): Promise<Finished[]> =>
  execute(
    Finished,
    sql`
    select s.baseline, ${iso('max(a.ended_at)')} as computed,
      (jsonb_agg(jsonb_build_object('id', n.id, 'name', n.name, 'publicKey', n.public_key)))->0 as runner,
      jsonb_agg(jsonb_build_object('payload', r.payload, 'signature', r.envelope->'signatures'->0->>'sig', 'startedAt', ${iso('a.started_at')},
        'endedAt', ${iso('a.ended_at')}) order by (j.trials->0->>'seed')::int) as jobs
    from evaluations e join submissions s on s.id = e.submission_id join evaluation_jobs ej on ej.evaluation_id = e.id join jobs j on j.id = ej.job_id
      join results r on r.job_id = j.id join attempts a on a.job_id = r.job_id and a.attempt = r.attempt join runners n on n.id = r.runner_id
    where s.baseline is not null and e.suite_digest = ${suiteDigest} and e.snapshot_at is null
      and not exists (select 1 from season_entries n where n.season = e.season and n.submission_id = e.submission_id and n.late)
      and not exists (
        select 1 from evaluation_jobs o join jobs j on j.id = o.job_id where o.evaluation_id = e.id
          and (j.state not in ('succeeded', 'dead') or ${isGivenUp}
            or exists (select 1 from verdicts v where v.job_id = j.id and v.verdict = 'differs')))
    group by e.id, s.baseline, e.created_at having count(distinct n.id) = 1 order by e.created_at`,
  );
