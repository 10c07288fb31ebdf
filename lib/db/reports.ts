import { sql } from 'drizzle-orm';
import 'server-only';
import type { Report } from '../contract/report.ts';
import { type Suite, trialKey, trialsOf } from '../contract/suite.ts';
import { execute } from './client.ts';

/** In what a report is not one of this module on this suite, or null. What it measured is the author's word. */
export function reportDefect(report: Report, suite: Suite, module: string): string | null {
  if (report.suite.digest !== suite.digest)
    return `it is on ${report.suite.id} ${report.suite.digest}; wanted is ${suite.id} ${suite.digest}`;
  if (report.module.sha256 !== module) return `it is of module ${report.module.sha256}; the one submitted is ${module}`;
  const known = new Set(trialsOf(suite).map(trialKey));
  const unknown = report.trials.find((trial) => !known.has(trialKey(trial)));
  if (unknown) return `trial ${trialKey(unknown)} is not one of ${suite.id}`;
  return new Set(report.trials.map(trialKey)).size < report.trials.length ? 'a trial comes twice' : null;
}

/** The last one that is brought stands. */
export async function attachReport(submissionId: string, report: Report): Promise<void> {
  await execute(sql`
    insert into reports (submission_id, suite, suite_digest, report)
    values (${submissionId}::uuid, ${report.suite.id}, ${report.suite.digest}, ${JSON.stringify(report)}::jsonb)
    on conflict (submission_id, suite) do update set report = excluded.report, suite_digest = excluded.suite_digest, created_at = now()`);
}

/** What the author's own run of the submission on this suite gave, or null. */
export async function reportOn(submissionId: string, suite: Suite): Promise<Report | null> {
  const [found] = await execute<{ report: Report }>(sql`
    select report from reports where submission_id = ${submissionId}::uuid and suite = ${suite.id} and suite_digest = ${suite.digest}`);
  return found?.report ?? null;
}
