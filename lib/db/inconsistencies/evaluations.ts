import { sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { suites } from '../../catalog/suites/index.ts';
import { stoppedByTimeouts, timeoutsThatStop } from '../../contract/limits.ts';
import { admitWaiting } from '../admission.ts';
import { judge } from '../checks.ts';
import { execute, oneAtATime } from '../client.ts';
import { enqueueEvaluation, requestEvaluation } from '../evaluations.ts';
import { appendEvent } from '../events.ts';
import { cancelEvaluation, endJobs, isOpen } from '../jobs.ts';
import { storeScores } from '../scores.ts';
import { submissionWithdrawn } from '../submissions.ts';
import { textArray } from '../values.ts';
import { type Inconsistency, mendBy, repaired } from './inconsistency.ts';

/** Suites that another comes before, with its id. */
const later = suites.flatMap(({ id, after }) => (after === null ? [] : [{ suite: id, after }]));
const followers = sql`jsonb_to_recordset(${JSON.stringify(later)}::jsonb) as f(suite text, after text)`;
const first = suites.filter(({ after }) => after === null).map(({ id }) => id);
const hasJobs = sql`exists (select 1 from evaluation_jobs ej where ej.evaluation_id = e.id)`;
/** An evaluation `e` of a standing submission that has no jobs, and was not refused. */
const waits = sql`e.refused is null and not ${hasJobs} and exists (
  select 1 from submissions s where s.id = e.submission_id and s.withdrawn_at is null)`;

/** What follows from a row so many seconds old should have been done. */
const settled = (time: string, seconds: number) =>
  sql`${sql.raw(time)} <= now() - make_interval(secs => ${seconds}::int)`;

/** A job of the evaluation ended in the last minutes, where only such are looked at. */
const lately = (evaluation: string, recent: boolean) =>
  recent
    ? sql`${sql.raw(evaluation)} in (select lj.evaluation_id from jobs l join evaluation_jobs lj on lj.job_id = l.id
        where l.finished_at > now() - interval '10 minutes')`
    : sql`true`;

/** Mends by what the site does anyway, and says in the same transaction that it had to be done late. */
const mendWith = (inconsistency: string, work: (id: string) => Promise<unknown>) => (id: string) =>
  oneAtATime(async () => {
    if (!(await work(id))) return false;
    await appendEvent(repaired(inconsistency, id));
    return true;
  });

const Waiting = z.object({ submission: z.uuid(), after: z.string() });
/** The submission of an evaluation on a later suite, and the suite that comes before. */
async function waitingFor(id: string): Promise<z.infer<typeof Waiting>> {
  const [found] = await execute(
    Waiting,
    sql`select e.submission_id as submission, f.after from evaluations e join ${followers} on f.suite = e.suite where e.id = ${id}::uuid`,
  );
  return found!;
}

/** Of submissions and evaluations. */
export const evaluationInconsistencies: readonly Inconsistency[] = [
  {
    id: 'submission-without-evaluation',
    of: 'submission',
    words: 'no evaluation of it was asked for',
    atLease: false,
    find: () => sql`select s.id from submissions s
      where s.withdrawn_at is null and not exists (select 1 from evaluations e where e.submission_id = s.id)`,
    mend: mendWith('submission-without-evaluation', (id) =>
      requestEvaluation({ submissionId: id, suiteId: suites[0]!.id, requestedBy: null }),
    ),
  },
  {
    id: 'evaluation-without-jobs',
    of: 'evaluation',
    words: 'none of its jobs was asked for',
    atLease: false,
    find: () => sql`select e.id from evaluations e where e.suite = any(${textArray(first)}) and ${waits}`,
    mend: mendWith('evaluation-without-jobs', async (id) => {
      await enqueueEvaluation(id);
      return true;
    }),
  },
  {
    id: 'evaluation-waits-for-nothing',
    of: 'evaluation',
    words: 'it waits for the suite before it, and nobody asked for that',
    atLease: false,
    find: () => sql`select e.id from evaluations e join ${followers} on f.suite = e.suite
      where ${waits} and not exists (select 1 from evaluations b where b.submission_id = e.submission_id and b.suite = f.after)`,
    mend: mendWith('evaluation-waits-for-nothing', async (id) => {
      const { submission, after } = await waitingFor(id);
      return requestEvaluation({ submissionId: submission, suiteId: after, requestedBy: null });
    }),
  },
  {
    id: 'admission-due',
    of: 'evaluation',
    words: 'the suite before it has ended, and nobody decided on this one',
    atLease: true,
    find: ({
      settleSeconds: seconds,
      recent,
    }) => sql`select distinct e.id from evaluations e join ${followers} on f.suite = e.suite
      join evaluations b on b.submission_id = e.submission_id and b.suite = f.after join scores on scores.evaluation_id = b.id
      where ${waits} and ${settled('scores.computed_at', seconds)} and ${lately('b.id', recent)}`,
    mend: mendWith('admission-due', async (id) => (await admitWaiting((await waitingFor(id)).submission)) > 0),
  },
  {
    id: 'withdrawal-unfinished',
    of: 'submission',
    words: 'it was withdrawn, and its jobs still wait',
    atLease: false,
    find: () => sql`select s.id from submissions s
      where s.withdrawn_at is not null and exists (
        select 1 from evaluations e join evaluation_jobs ej on ej.evaluation_id = e.id join jobs j on j.id = ej.job_id
        where e.submission_id = s.id and j.state in ('queued', 'leased') and not j.cancel_requested and not exists (
          select 1 from evaluation_jobs oj join evaluations o on o.id = oj.evaluation_id join submissions os on os.id = o.submission_id
          where oj.job_id = j.id and os.withdrawn_at is null))`,
    mend: mendBy(
      'withdrawal-unfinished',
      (id) => sql`changed as (
        ${endJobs(sql`select id from evaluations where submission_id = ${id}::uuid`, submissionWithdrawn, { shared: false })}
      )`,
    ),
  },
  {
    id: 'time-limit-passed',
    of: 'evaluation',
    words: 'it ran into the time limit too often, and its other jobs still wait',
    atLease: false,
    find: ({ settleSeconds: seconds }) => sql`select ej.evaluation_id as id
      from evaluation_jobs ej join results r on r.job_id = ej.job_id cross join jsonb_array_elements(r.trials) t
      where t ->> 'outcome' = 'timed-out' and exists (
        select 1 from evaluation_jobs oj join jobs o on o.id = oj.job_id
        where oj.evaluation_id = ej.evaluation_id and o.state in ('queued', 'leased') and not o.cancel_requested)
      group by ej.evaluation_id having count(*) >= ${timeoutsThatStop} and ${settled('max(r.created_at)', seconds)}`,
    mend: mendWith('time-limit-passed', (id) => cancelEvaluation(id, stoppedByTimeouts, { shared: true })),
  },
  {
    id: 'check-without-verdict',
    of: 'job',
    words: 'it was run again, and the two were not compared',
    atLease: true,
    find: ({ settleSeconds: seconds, recent }) => sql`select c.id from jobs c
      where c.checks is not null and c.state = 'succeeded' and ${settled('c.finished_at', seconds)}
        and ${recent ? sql`c.finished_at > now() - interval '10 minutes'` : sql`true`}
        and not exists (select 1 from verdicts v where v.check_id = c.id)`,
    mend: mendWith('check-without-verdict', judge),
  },
  {
    id: 'scores-missing',
    of: 'evaluation',
    words: 'all of its jobs have ended, and its scores are not there',
    atLease: true,
    find: ({
      settleSeconds: seconds,
      recent,
    }) => sql`select e.id from evaluations e join submissions s on s.id = e.submission_id
      where s.withdrawn_at is null and ${lately('e.id', recent)} and not exists (select 1 from scores where scores.evaluation_id = e.id) and ${hasJobs}
        and not exists (
          select 1 from evaluation_jobs ej join jobs j on j.id = ej.job_id
          where ej.evaluation_id = e.id and (${isOpen} or not (${settled('j.finished_at', seconds)})))`,
    mend: mendWith('scores-missing', async (id) => (await storeScores([id])).size > 0),
  },
];
