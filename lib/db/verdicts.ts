import { type SQL, sql } from 'drizzle-orm';
import 'server-only';

/** Two runs of a job disagree, and nobody has decided which stands. `job`: a column with its id. */
export const isDisputed = (job: SQL): SQL<boolean> =>
  sql`exists (select 1 from verdicts v where v.job_id = ${job} and v.verdict = 'differs' and v.stands_id is null)`;

/** Whose result counts for a job: of one that was run again with other numbers, the run that was decided for. */
export const standingRun = (job: SQL): SQL<string> =>
  sql`coalesce((select v.stands_id from verdicts v where v.job_id = ${job} and v.stands_id is not null limit 1), ${job})`;
