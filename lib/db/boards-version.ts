import { sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { isAnonymous } from './author-shown.ts';
import { execute } from './client.ts';
import { isTold } from './season-withheld.ts';

/**
 * Another text whenever something that a board shows has changed: a submission, a score, a name, a place in the queue,
 * which runners are there. How far a job has come counts by tenths. Cheap: it is asked for after every write. Anybody
 * may read it, so it stays the same whatever the jobs of an open season do.
 */
export async function boardsVersion(): Promise<string> {
  const [row] = await execute(
    z.object({ version: z.string() }),
    sql`
    select md5(concat_ws('|',
      (select hash from events where kind not in ('result.accepted', 'evaluation.cancelled', 'audit.ended') and not (kind like 'check.%' and exists (
        select 1 from jobs where id::text = subject and not ${isTold('suite_digest')})) order by seq desc limit 1),
      (select count(*) from evaluations),
      (select count(*) from submissions where withdrawn_at is null),
      (select count(*) from submissions where ${isAnonymous()}),
      (select max(finished_at) from jobs where ${isTold('suite_digest')}),
      (select md5(string_agg(concat_ws(' ', inputs, extract(epoch from computed_at)), ',' order by evaluation_id)) from scores
        where evaluation_id not in (select id from evaluations where not ${isTold('suite_digest')})),
      (select concat_ws(' ', count(*), sum(hashtextextended(concat_ws(' ', id, state, attempt, floor(10 * progress), cancel_requested), 0)))
        from jobs where state in ('queued', 'leased') and ${isTold('suite_digest')}),
      (select md5(string_agg(concat_ws(' ', id, state, last_seen_at > now() - interval '1 minute'), ',' order by id)) from runners),
      (select md5(string_agg(concat_ws(' ', u.id, u.name), ',' order by u.id)) from users u
        where exists (select 1 from submissions s where s.owner_id = u.id and not ${isAnonymous(sql`s.anonymous_until`)})))) as version`,
  );
  return row!.version;
}
