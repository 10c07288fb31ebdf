import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import {
  evaluationJobs,
  evaluations,
  events,
  jobs,
  modules,
  scores,
  submissions,
  users,
} from '../../drizzle/schema.ts';
import { suiteNamed } from '../../lib/catalog/suites/index.ts';
import type { Sha256 } from '../../lib/contract/ids.ts';
import type { Scores } from '../../lib/contract/report.ts';
import type { Database } from '../../lib/db/client.ts';
import { beforeTheFirst, type Event, eventHash } from '../../lib/db/events.ts';
import { inputColumns, inputsDigest } from '../../lib/db/scores.ts';
import published from '../fixtures/core-1.scores.json' with { type: 'json' };

const suite = suiteNamed('core-1');
const committed: Scores[] = Object.values(published);

/**
 * Puts so many scored rows on core-1, like those of the reference table: each has all families and scenarios. A site
 * that starts on it finds nothing to mend: the events are there, and one cancelled job stands for all that were done.
 */
export async function fillBoard(db: Database, size: number): Promise<void> {
  const [owner] = await db.insert(users).values({ name: 'Made for a measurement' }).returning();
  const harnessDigest = sha256Of('no harness made this');
  const of = { suite: suite.id, suiteDigest: suite.digest, harnessDigest, engine: 'tensorflow' as const };
  const told: Event[] = [];
  let work: string | undefined;
  for (let row = 0; row < size; row++) {
    const code = `// made for a measurement ${row}`;
    const sha256 = sha256Of(code);
    await db.insert(modules).values({ sha256, code, bytes: code.length, kind: 'shape' });
    work ??= await cancelledJob(db, { ...of, moduleSha256: sha256, ownerId: owner!.id });
    const baseline = row === 0 ? 'none' : row === 1 ? 'oracle-filter' : null;
    const entry = { ownerId: owner!.id, moduleSha256: sha256, name: `Made to measure ${row}`, card: {} as never };
    const [submission] = await db
      .insert(submissions)
      .values({ ...entry, baseline })
      .returning();
    const [evaluation] = await db
      .insert(evaluations)
      .values({ submissionId: submission!.id, ...of })
      .returning();
    await db.insert(evaluationJobs).values({ evaluationId: evaluation!.id, jobId: work, reused: true });
    told.push({
      kind: 'submission.created',
      subject: submission!.id,
      data: { module: sha256, kind: 'shape', baseline },
    });
    const data = { submission: submission!.id, suite: suite.id, digest: suite.digest, engine: of.engine };
    told.push({ kind: 'evaluation.requested', subject: evaluation!.id, data });
  }
  await tell(db, told);
  const rows = await db
    .select({ id: evaluations.id, of: inputColumns })
    .from(evaluations)
    .innerJoin(submissions, eq(submissions.id, evaluations.submissionId))
    .innerJoin(modules, eq(modules.sha256, submissions.moduleSha256));
  for (const [at, { id, of }] of rows.entries())
    await db.insert(scores).values({
      evaluationId: id,
      inputs: inputsDigest(of),
      state: 'scored',
      scores: committed[at % committed.length]!,
      jailed: true,
      cutShort: false,
    });
}

const sha256Of = (text: string): Sha256 => `sha256:${createHash('sha256').update(text).digest('hex')}`;

async function cancelledJob(
  db: Database,
  of: Pick<typeof jobs.$inferInsert, 'suite' | 'suiteDigest' | 'harnessDigest' | 'engine' | 'moduleSha256' | 'ownerId'>,
): Promise<string> {
  const [job] = await db
    .insert(jobs)
    .values({ ...of, key: sha256Of('a job'), trials: [], labels: [], state: 'cancelled' })
    .returning();
  return job!.id;
}

/** The chain of these events, in one statement for many of them. */
async function tell(db: Database, told: readonly Event[]): Promise<void> {
  const at = new Date();
  let previousHash = beforeTheFirst;
  const rows: (typeof events.$inferInsert)[] = [];
  for (const event of told) {
    const hash = await eventHash(previousHash, { ...event, at: at.toISOString() });
    rows.push({ ...event, at, previousHash, hash });
    previousHash = hash;
  }
  for (let from = 0; from < rows.length; from += 500) await db.insert(events).values(rows.slice(from, from + 500));
}
