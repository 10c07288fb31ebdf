import { type SQL, sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { execute } from '../client.ts';
import { changeWithEvent, type Event } from '../events.ts';
import type { Inconsistency } from './inconsistency.ts';

const Data = z.object({ data: z.record(z.string(), z.unknown()) });

/**
 * Something that no event tells of. `rows` names a table or a join and its condition; `told` are the kinds that tell of
 * it, the first of which is appended late, with the data that `data` selects of the row.
 */
function untold(
  { id, of, words }: Pick<Inconsistency, 'id' | 'of' | 'words'>,
  { rows, key, told, data }: { rows: SQL; key: string; told: readonly [Event['kind'], ...Event['kind'][]]; data: SQL },
): Inconsistency {
  const subject = sql.raw(key);
  const missing = sql`not exists (select 1 from events v
    where v.subject = ${subject}::text and v.kind in (${sql.join(
      told.map((kind) => sql`${kind}`),
      sql`, `,
    )}))`;
  return {
    id,
    of,
    words,
    atLease: false,
    find: () => sql`select ${subject} as id from ${rows} and ${missing}`,
    async mend(one) {
      const [row] = await execute(Data, sql`select ${data} as data from ${rows} and ${subject} = ${one}::uuid`);
      if (!row) return false;
      const event: Event = { kind: told[0], subject: one, data: { ...row.data, repaired: id } };
      const change = sql`changed as (select 1 from ${rows} and ${subject} = ${one}::uuid and ${missing})`;
      return (await changeWithEvent(event, change)) > 0;
    },
  };
}

const submission = sql`submissions s join modules m on m.sha256 = s.module_sha256 where true`;
const imported = sql`exists (
  select 1 from evaluation_jobs ij join evaluations i on i.id = ij.evaluation_id where ij.job_id = r.job_id and i.snapshot_at is not null)`;

/** Of what happened and no event tells. */
export const eventInconsistencies: readonly Inconsistency[] = [
  untold(
    { id: 'submission-untold', of: 'submission', words: 'no event tells that it came' },
    {
      rows: submission,
      key: 's.id',
      told: ['submission.created'],
      data: sql`jsonb_build_object('module', m.sha256, 'kind', m.kind, 'baseline', s.baseline)`,
    },
  ),
  untold(
    { id: 'withdrawal-untold', of: 'submission', words: 'no event tells that it was withdrawn' },
    {
      rows: sql`submissions s where s.withdrawn_at is not null`,
      key: 's.id',
      told: ['submission.withdrawn'],
      data: sql`'{}'::jsonb`,
    },
  ),
  untold(
    { id: 'evaluation-untold', of: 'evaluation', words: 'no event tells that it was asked for' },
    {
      rows: sql`evaluations e where e.snapshot_at is null`,
      key: 'e.id',
      told: ['evaluation.requested'],
      data: sql`jsonb_build_object('submission', e.submission_id, 'suite', e.suite, 'digest', e.suite_digest, 'engine', e.engine)`,
    },
  ),
  untold(
    { id: 'import-untold', of: 'evaluation', words: 'no event tells that it was imported' },
    {
      rows: sql`evaluations e where e.snapshot_at is not null`,
      key: 'e.id',
      told: ['evaluation.imported'],
      data: sql`jsonb_build_object('submission', e.submission_id, 'suite', e.suite, 'digest', e.suite_digest, 'results', (
        select coalesce(jsonb_object_agg(r.job_id, r.sha256), '{}'::jsonb)
        from evaluation_jobs ej join results r on r.job_id = ej.job_id where ej.evaluation_id = e.id))`,
    },
  ),
  untold(
    { id: 'refusal-untold', of: 'evaluation', words: 'no event tells that it was refused' },
    {
      rows: sql`evaluations e where e.refused is not null`,
      key: 'e.id',
      told: ['evaluation.refused'],
      data: sql`jsonb_build_object('reason', e.refused)`,
    },
  ),
  untold(
    { id: 'result-untold', of: 'job', words: 'no event tells that its result was accepted' },
    {
      rows: sql`results r where not ${imported}`,
      key: 'r.job_id',
      told: ['result.accepted'],
      data: sql`jsonb_build_object('attempt', r.attempt, 'runner', r.runner_id, 'sha256', r.sha256)`,
    },
  ),
];
