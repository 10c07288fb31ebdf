import { randomBytes, randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { runnerCodes, runners } from '../../drizzle/schema.ts';
import { type EnrolAnswer, type EnrolRequest, RunnerClass } from '../contract/protocol.ts';
import { RunnerState } from '../contract/runner-state.ts';
import { AppError } from '../errors.ts';
import { personDefect } from '../person-name.ts';
import { plainLine } from '../plain-text.ts';
import { hashOf } from '../secrets.ts';
import { requireOrganizer, type Viewer } from '../viewer.ts';
import { countRows, db, execute } from './client.ts';
import { changeWithEvent } from './events.ts';
import { isTold } from './season-withheld.ts';
import { ageSeconds, iso, textArray } from './values.ts';

const columns = {
  id: runners.id,
  name: runners.name,
  class: runners.class,
  labels: runners.labels,
  state: runners.state,
  publicKey: runners.publicKey,
};

/** What everybody may know of a runner. */
const RunnerRow = z.object({
  id: z.uuid(),
  name: z.string(),
  class: RunnerClass,
  labels: z.array(z.string()),
  state: RunnerState,
  publicKey: z.string(),
  about: z.record(z.string(), z.unknown()),
  enrolledAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime().nullable(),
  /** Heard from within the last minute. */
  heard: z.boolean(),
  /** Jobs in its hands, and jobs that it has brought to a result. */
  leased: z.int(),
  finished: z.int(),
});
export type RunnerRow = z.infer<typeof RunnerRow>;

/** What a call of a runner is judged by: its row, never its words. */
export type Runner = Pick<RunnerRow, keyof typeof columns>;

const codeSeconds = 86_400;

/**
 * A one-time code for one runner with at most these labels, valid for a day. Only its hash is kept. For an organizer,
 * or for a `chore`: whoever can read the site's data folder. Throws `unauthenticated` or `forbidden` for anybody else.
 */
export async function createRunnerCode(by: Viewer | 'chore', labels: readonly string[]): Promise<string> {
  if (by !== 'chore') requireOrganizer(by, 'enrol runners');
  const text = `enrol_${randomBytes(24).toString('base64url')}`;
  await (await db()).insert(runnerCodes).values({
    hash: hashOf(text),
    class: 'official',
    labels: labels.filter((label) => label !== 'official'),
    createdBy: by === 'chore' ? null : by.id,
    expiresAt: sql`now() + make_interval(secs => ${codeSeconds}::int)`,
  });
  return text;
}

/**
 * Enrols the runner that brings an unused code: with the code's class, and those of its labels that the runner has. The
 * code is used up in the same statement. `known`: the key is enrolled already, in whatever state; then nothing changes,
 * and the code stays good. `community`: the code is of an older version, for a class that gets no work. Throws
 * `invalid` for a name that people can't read.
 */
export async function enrolRunner(
  request: EnrolRequest,
): Promise<EnrolAnswer | 'used' | 'unknown' | 'known' | 'community'> {
  const { publicKey } = request;
  const name = plainLine(request.name);
  const defect = personDefect(name);
  if (defect) throw new AppError('invalid', `name: ${defect}.`);
  const hash = hashOf(request.code);
  const [code] = await (await db())
    .select({
      class: runnerCodes.class,
      labels: runnerCodes.labels,
      usable: sql`${runnerCodes.usedAt} is null and ${runnerCodes.expiresAt} > now()`.mapWith(Boolean),
    })
    .from(runnerCodes)
    .where(eq(runnerCodes.hash, hash));
  if (!code) return 'unknown';
  if (!code.usable) return 'used';
  if (code.class === 'community') return 'community';
  const labels = [...new Set(code.labels.filter((label) => request.labels.includes(label)))].sort();
  const runner = randomUUID();
  const enrolled = await changeWithEvent(
    { kind: 'runner.enrolled', subject: runner, data: { class: code.class, labels, publicKey } },
    sql`
    code as (
      select class from runner_codes where hash = ${hash} and used_at is null and expires_at > now() for update
    ), changed as (
      insert into runners (id, name, public_key, class, labels, about)
      select ${runner}::uuid, ${name}, ${publicKey}, class, ${textArray(labels)}, ${JSON.stringify(request.about)}::jsonb from code
      on conflict (public_key) do nothing returning id
    ), used as (
      update runner_codes c set used_at = now(), runner_id = changed.id from changed where c.hash = ${hash}
    )`,
  );
  if (enrolled > 0) return { runner, class: code.class, labels };
  const known = await (await db()).$count(runners, eq(runners.publicKey, publicKey));
  return known > 0 ? 'known' : 'used';
}

export async function findRunner(id: string): Promise<Runner | null> {
  const [runner] = await (await db()).select(columns).from(runners).where(eq(runners.id, id));
  return runner ?? null;
}

/**
 * Takes the nonce of a verified signature, for as long as such a signature is valid, and notes that the runner was
 * heard. False: it was there before.
 */
export async function takeNonce(runner: string, nonce: string, seconds: number): Promise<boolean> {
  const taken = await countRows(sql`
    with swept as (
      delete from nonces where (runner_id, nonce) in (select runner_id, nonce from nonces where expires_at < now() limit 50 for update skip locked) returning 1
    ), taken as (
      insert into nonces (runner_id, nonce, expires_at) values (${runner}::uuid, ${nonce}, now() + make_interval(secs => ${seconds}::int))
      on conflict do nothing returning 1
    ), seen as (
      update runners set last_seen_at = now()
      where id = ${runner}::uuid and exists (select 1 from taken) and (last_seen_at is null or last_seen_at < now() - interval '2 seconds') returning 1
    )
    select 1 from taken`);
  return taken > 0;
}

/**
 * All runners, those heard last first. Their work for an open season is not counted before its close: results are
 * counted by an index alone, and those of open seasons, which are few, are taken off.
 */
export const listRunners = () =>
  execute(
    RunnerRow,
    sql`
    with counted as (
      select runner_id, count(*) as n from results group by runner_id
    ), own as (
      select ej.job_id as id from seasons o join evaluations e on e.season = o.name and e.season <> ''
        join evaluation_jobs ej on ej.evaluation_id = e.id
      where o.state in ('open', 'closing')
    ), withheld as (
      select runner_id, count(*) as n from results
        join (select id from own union select c.id from jobs c join own on c.checks = own.id) job on job.id = results.job_id
      group by runner_id
    )
    select id, name, class, labels, state, public_key as "publicKey", about, ${iso('created_at')} as "enrolledAt", ${iso('last_seen_at')} as "lastSeenAt",
      coalesce(${ageSeconds('last_seen_at')} < 60, false) as heard,
      (select count(*)::int from jobs where runner_id = runners.id and state = 'leased' and ${isTold('jobs.suite_digest')}) as leased,
      (coalesce((select n from counted where runner_id = runners.id), 0)
        - coalesce((select n from withheld where runner_id = runners.id), 0))::int as finished
    from runners order by last_seen_at desc nulls last, created_at desc`,
  );

/** How many were heard from in the last minute. */
export async function runnersHeard(): Promise<number> {
  return (await db()).$count(runners, sql`${runners.lastSeenAt} > now() - interval '1 minute'`);
}
