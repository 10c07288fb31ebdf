import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import 'server-only';
import type { EnrolAnswer, EnrolRequest, RunnerClass } from '../contract/protocol.ts';
import type { RunnerState } from '../contract/runner-state.ts';
import { hashOf } from '../secrets.ts';
import { execute } from './client.ts';
import { changeWithEvent } from './events.ts';
import { ageSeconds, iso, textArray } from './values.ts';

/** What a call of a runner is judged by: its row, never its words. */
export type Runner = {
  id: string;
  name: string;
  class: RunnerClass;
  labels: string[];
  state: RunnerState;
  publicKey: string;
};

/** What everybody may know of a runner. */
export type RunnerRow = Omit<Runner, 'publicKey'> & {
  publicKey: string;
  about: Record<string, unknown>;
  enrolledAt: string;
  lastSeenAt: string | null;
  /** Heard from within the last minute. */
  heard: boolean;
  /** Jobs in its hands, and jobs that it has brought to a result. */
  leased: number;
  finished: number;
};

const codeSeconds = 86_400;

/** A one-time code for one runner of this class with at most these labels, valid for a day. Only its hash is kept. */
export async function createRunnerCode(code: {
  class: RunnerClass;
  labels: readonly string[];
  createdBy: string | null;
}): Promise<string> {
  const text = `enrol_${randomBytes(24).toString('base64url')}`;
  await execute(sql`
    insert into runner_codes (hash, class, labels, created_by, expires_at)
    values (${hashOf(text)}, ${code.class}, ${textArray(code.labels.filter((label) => label !== 'official'))}, ${code.createdBy}::uuid,
      now() + make_interval(secs => ${codeSeconds}))`);
  return text;
}

/**
 * Enrols the runner that brings an unused code: with the code's class, and those of its labels that the runner has. The
 * code is used up in the same statement. `known`: the key is enrolled already, in whatever state; then nothing changes,
 * and the code stays good.
 */
export async function enrolRunner(request: EnrolRequest): Promise<EnrolAnswer | 'used' | 'unknown' | 'known'> {
  const { publicKey } = request;
  const hash = hashOf(request.code);
  const [code] = await execute<{ class: RunnerClass; labels: string[]; usable: boolean }>(sql`
    select class, labels, used_at is null and expires_at > now() as usable from runner_codes where hash = ${hash}`);
  if (!code) return 'unknown';
  if (!code.usable) return 'used';
  const labels = [...new Set(code.labels.filter((label) => request.labels.includes(label)))].sort();
  const runner = randomUUID();
  const enrolled = await changeWithEvent(
    { kind: 'runner.enrolled', subject: runner, data: { class: code.class, labels, publicKey } },
    sql`
    code as (
      select class from runner_codes where hash = ${hash} and used_at is null and expires_at > now() for update
    ), changed as (
      insert into runners (id, name, public_key, class, labels, about)
      select ${runner}::uuid, ${request.name}, ${publicKey}, class, ${textArray(labels)}, ${JSON.stringify(request.about)}::jsonb from code
      on conflict (public_key) do nothing returning id
    ), used as (
      update runner_codes c set used_at = now(), runner_id = changed.id from changed where c.hash = ${hash}
    )`,
  );
  if (enrolled.length > 0) return { runner, class: code.class, labels };
  const known = await execute(sql`select 1 from runners where public_key = ${publicKey}`);
  return known.length > 0 ? 'known' : 'used';
}

export async function findRunner(id: string): Promise<Runner | null> {
  const [runner] = await execute<Runner>(sql`
    select id, name, class, labels, state, public_key as "publicKey" from runners where id = ${id}::uuid`);
  return runner ?? null;
}

/**
 * Takes the nonce of a verified signature, for as long as such a signature is valid, and notes that the runner was
 * heard. False: it was there before.
 */
export async function takeNonce(runner: string, nonce: string, seconds: number): Promise<boolean> {
  const taken = await execute(sql`
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
  return taken.length > 0;
}

/** All runners, those heard last first. */
export const listRunners = () =>
  execute<RunnerRow>(sql`
    select id, name, class, labels, state, public_key as "publicKey", about, ${iso('created_at')} as "enrolledAt", ${iso('last_seen_at')} as "lastSeenAt",
      coalesce(${ageSeconds('last_seen_at')} < 60, false) as heard,
      (select count(*)::int from jobs where runner_id = runners.id and state = 'leased') as leased,
      (select count(*)::int from results where runner_id = runners.id) as finished
    from runners order by last_seen_at desc nulls last, created_at desc`);

/** How many were heard from in the last minute. */
export async function runnersHeard(): Promise<number> {
  const [heard] = await execute<{ n: number }>(
    sql`select count(*)::int as n from runners where last_seen_at > now() - interval '1 minute'`,
  );
  return heard!.n;
}
