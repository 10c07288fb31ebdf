import { and, asc, eq, isNotNull, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import 'server-only';
import { attempts, evaluationJobs, evaluations, modules, submissions } from '../../drizzle/schema.ts';
import { plainText } from '../plain-text.ts';
import { isOrganizer, type Viewer } from '../viewer.ts';
import { db } from './client.ts';
import { isWithheld } from './season-withheld.ts';

/** What is the viewer's to see before others may. */
const manageableBy = (viewer: Viewer): SQL | undefined => {
  if (viewer === null) return sql`false`;
  return isOrganizer(viewer) ? sql`true` : eq(submissions.ownerId, viewer.id);
};

/** A trial of the submission is scored, and everybody may see that: from then on its code is everybody's. */
export const isScored = (submission: SQLWrapper): SQL => sql`exists (
    select 1 from evaluations e join evaluation_jobs ej on ej.evaluation_id = e.id join results r on r.job_id = ej.job_id
    cross join jsonb_array_elements(r.trials) t where e.submission_id = ${submission} and t ->> 'outcome' = 'scored' and not ${isWithheld('e.suite_digest')})`;

/**
 * The module's text: everybody's once a trial of it is scored, its owner's and the organizers' before; else null. The
 * harness's own is open.
 */
export async function codeOf(id: string, viewer: Viewer): Promise<string | null> {
  const [found] = await (await db())
    .select({ code: modules.code })
    .from(submissions)
    .innerJoin(modules, eq(modules.sha256, submissions.moduleSha256))
    .where(
      and(eq(submissions.id, id), or(isNotNull(submissions.baseline), manageableBy(viewer), isScored(submissions.id))),
    );
  return found?.code ?? null;
}

export type AttemptLog = { job: string; attempt: number; text: string };

/**
 * What the module and the jail said, attempt by attempt: for the owner and the organizers. Of a season after its close.
 */
export async function logsOf(id: string, viewer: Viewer): Promise<AttemptLog[]> {
  const rows = await (await db())
    .selectDistinct({
      job: attempts.jobId,
      attempt: attempts.attempt,
      log: sql<string>`encode(${attempts.log}, 'base64')`,
      startedAt: attempts.startedAt,
    })
    .from(submissions)
    .innerJoin(evaluations, eq(evaluations.submissionId, submissions.id))
    .innerJoin(evaluationJobs, eq(evaluationJobs.evaluationId, evaluations.id))
    .innerJoin(attempts, eq(attempts.jobId, evaluationJobs.jobId))
    .where(
      and(
        eq(submissions.id, id),
        manageableBy(viewer),
        sql`octet_length(${attempts.log}) > 0 and not ${isWithheld('evaluations.suite_digest')}`,
      ),
    )
    .orderBy(asc(attempts.startedAt), asc(attempts.jobId));
  return rows.map(({ job, attempt, log }) => ({
    job,
    attempt,
    text: plainText(Buffer.from(log, 'base64').toString('utf8')),
  }));
}
