import { and, eq, sql } from 'drizzle-orm';
import 'server-only';
import { reports } from '../../drizzle/schema.ts';
import type { Report } from '../contract/report.ts';
import { type Suite, trialKey, trialsOf } from '../contract/suite.ts';
import { impossibleIn } from '../scoring/defect.ts';
import { db } from './client.ts';

/** In what a report is not one of this module on this suite, or null. What it measured is the author's word. */
export function reportDefect(report: Report, suite: Suite, module: string): string | null {
  if (report.suite.digest !== suite.digest)
    return `it is on ${report.suite.id} ${report.suite.digest}; wanted is ${suite.id} ${suite.digest}`;
  if (report.module.sha256 !== module) return `it is of module ${report.module.sha256}; the one submitted is ${module}`;
  const known = new Set(trialsOf(suite).map(trialKey));
  const unknown = report.trials.find((trial) => !known.has(trialKey(trial)));
  if (unknown) return `trial ${trialKey(unknown)} is not one of ${suite.id}`;
  if (new Set(report.trials.map(trialKey)).size < report.trials.length) return 'a trial comes twice';
  return report.trials.map((trial) => impossibleIn(suite, trial)).find((found) => found !== null) ?? null;
}

/** The last one that is brought stands. */
export async function attachReport(submissionId: string, report: Report): Promise<void> {
  const row = { suiteDigest: report.suite.digest, report };
  await (await db())
    .insert(reports)
    .values({ submissionId, suite: report.suite.id, ...row })
    .onConflictDoUpdate({ target: [reports.submissionId, reports.suite], set: { ...row, createdAt: sql`now()` } });
}

/** What the author's own run of the submission on this suite gave, and when that was written, or null. */
export async function reportOn(
  submissionId: string,
  suite: Suite,
): Promise<{ report: Report; writtenAt: string } | null> {
  const [found] = await (await db())
    .select({ report: reports.report, writtenAt: sql<string>`${reports.createdAt}::text` })
    .from(reports)
    .where(
      and(eq(reports.submissionId, submissionId), eq(reports.suite, suite.id), eq(reports.suiteDigest, suite.digest)),
    );
  return found ?? null;
}
