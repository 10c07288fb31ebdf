import { and, asc, desc, eq, gt, sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { events, results, runners } from '../../drizzle/schema.ts';
import { canonicalJson, sha256 } from '../contract/canonical.ts';
import { openResult, ResultEnvelope } from '../contract/dsse.ts';
import { fromBase64 } from '../contract/ed25519.ts';
import { JobResult } from '../contract/result.ts';
import { openDisputes } from './checks.ts';
import { db } from './client.ts';
import { appendEvent, beforeTheFirst, eventHash } from './events.ts';
import { findInconsistent, inconsistencies } from './inconsistencies/index.ts';
import { settleSeconds } from './reconcile.ts';
import { iso } from './values.ts';

/** What an audit found. `problems` has a sentence for each thing that is wrong; empty where all is well. */
export type Audit = { events: number; results: number; problems: string[] };

/**
 * Checks the whole chain of events, each result's signature by its runner's public key, its trials by what was signed,
 * that each accepted result is still there, and that the rows fit together as `reconcile` would make them. Then records
 * the check as an event of the chain, without disputes about a season that is not closed. What was cut off the chain's
 * end cannot be seen: compare with a head that was noted elsewhere.
 */
export async function audit(): Promise<Audit> {
  const accepted = new Map<string, string>();
  const problems: string[] = [];
  const eventCount = await checkEvents(problems, accepted);
  const resultCount = await checkResults(problems, accepted);
  for (const job of accepted.keys()) problems.push(`result of job ${job}: it was accepted, and is not there any more`);
  for (const { inconsistency, id } of await findInconsistent(inconsistencies, { settleSeconds, recent: false }))
    problems.push(`${inconsistency.of} ${id}: ${inconsistency.words}`);
  const disputes = (await openDisputes('chore')).map(({ withheld, job, firstRunner, againRunner, detail }) => ({
    withheld,
    words: `job ${job}: two runners disagree, ${firstRunner} and ${againRunner} (${detail ?? 'its numbers are withheld'}); nobody has decided`,
  }));
  const record = [...problems, ...disputes.flatMap(({ withheld, words }) => (withheld ? [] : [words]))];
  const found = { events: eventCount, results: resultCount };
  const data = { ...found, problems: record.slice(0, shownProblems), problemCount: record.length };
  await appendEvent({ kind: 'audit.ended', subject: 'site', data });
  return { ...found, problems: [...problems, ...disputes.map(({ words }) => words)] };
}

/** So many problems are kept with the record of an audit. */
const shownProblems = 20;
const eventsAtOnce = 1000;
const resultsAtOnce = 100;

const Accepted = z.object({ sha256: z.string() });
const Imported = z.object({ results: z.record(z.string(), z.string()) });

/** The digests of the results that an event tells of, by job. */
function resultsIn({
  kind,
  subject,
  data,
}: Pick<typeof events.$inferSelect, 'kind' | 'subject' | 'data'>): (readonly [job: string, sha256: string])[] {
  if (kind === 'result.accepted') {
    const accepted = Accepted.safeParse(data);
    return accepted.success ? [[subject, accepted.data.sha256] as const] : [];
  }
  const imported = kind === 'evaluation.imported' ? Imported.safeParse(data) : null;
  return imported?.success ? Object.entries(imported.data.results) : [];
}

const at = iso(events.at);

/** `accepted` is filled with the digest of each result that an event tells of, by job. */
async function checkEvents(problems: string[], accepted: Map<string, string>): Promise<number> {
  const { seq, kind, subject, data, previousHash, hash } = events;
  let previous = { seq: 0, hash: beforeTheFirst };
  for (let count = 0; ; ) {
    const page = await (await db())
      .select({ seq, at, kind, subject, data, previousHash, hash })
      .from(events)
      .where(gt(events.seq, previous.seq))
      .orderBy(asc(events.seq))
      .limit(eventsAtOnce);
    if (page.length === 0) return count;
    for (const event of page) {
      if (event.previousHash !== previous.hash)
        problems.push(
          `event ${event.seq}: it does not follow ${previous.seq === 0 ? 'the beginning' : `event ${previous.seq}`}; one was removed, changed or put in`,
        );
      if (event.hash !== (await eventHash(event.previousHash, event)))
        problems.push(`event ${event.seq} (${event.kind}): it was changed`);
      for (const [job, sha256] of resultsIn(event)) accepted.set(job, sha256);
      previous = event;
    }
    count += page.length;
  }
}

/** Those that are there are taken out of `accepted`. */
async function checkResults(problems: string[], accepted: Map<string, string>): Promise<number> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (let count = 0; ; ) {
    const page = await (await db())
      .select({ result: results, publicKey: runners.publicKey })
      .from(results)
      .innerJoin(runners, eq(runners.id, results.runnerId))
      .where(gt(results.jobId, after))
      .orderBy(asc(results.jobId))
      .limit(resultsAtOnce);
    if (page.length === 0) return count;
    for (const { result, publicKey } of page) {
      const defect = await defectOfResult(result, publicKey, accepted.get(result.jobId));
      if (defect) problems.push(`result of job ${result.jobId}: ${defect}`);
      accepted.delete(result.jobId);
      after = result.jobId;
    }
    count += page.length;
  }
}

/** `told`: the digest by the event of its acceptance. A row that an older version imported has no such event. */
async function defectOfResult(
  { jobId, attempt, runnerId, sha256: digest, envelope, payload, trials }: typeof results.$inferSelect,
  publicKey: string,
  told: string | undefined,
): Promise<string | null> {
  const sealed = ResultEnvelope.safeParse(envelope);
  if (!sealed.success) return 'its envelope is none';
  const opened = await openResult(sealed.data, { id: runnerId, publicKey });
  if (!opened) return `it is not signed by its runner ${runnerId}`;
  const signed = JobResult.safeParse(opened.value);
  if (!signed.success) return 'what was signed is no result';
  if (signed.data.job !== jobId || signed.data.attempt !== attempt) return 'what was signed is of another attempt';
  if ((await sha256(fromBase64(sealed.data.payload))) !== digest) return 'its sha256 is not that of what was signed';
  if (told !== undefined && told !== digest) return 'another one was accepted, by the chain of events';
  const stored = JobResult.safeParse(payload);
  if (!stored.success || !same(stored.data, signed.data)) return 'its payload is not what was signed';
  const numbers = z.array(JobResult.shape.trials.element).safeParse(trials);
  if (!numbers.success || !same(numbers.data, signed.data.trials)) return 'its trials are not those that were signed';
  return null;
}

const same = (one: unknown, other: unknown) => canonicalJson(one) === canonicalJson(other);

const Recorded = z.object({
  events: z.int(),
  results: z.int(),
  problems: z.array(z.string()),
  problemCount: z.int(),
});
export type AuditRecord = z.infer<typeof Recorded> & { at: string };

/**
 * The last audit, or null where there was none; while a season is open the last one before this hour: it counts
 * results.
 */
export async function lastAudit(): Promise<AuditRecord | null> {
  const [last] = await (await db())
    .select({ at, data: events.data })
    .from(events)
    .where(and(eq(events.kind, 'audit.ended'), isOld))
    .orderBy(desc(events.seq))
    .limit(1);
  return last ? { at: last.at, ...Recorded.parse(last.data) } : null;
}

/** It was before this hour, or no season is open: when a result of a season came is nobody's to see. */
const isOld = sql`(${events.at} < date_trunc('hour', now()) or not exists (select 1 from seasons where state in ('open', 'closing')))`;

export type ChainHead = { seq: number; hash: string; at: string };

/**
 * The last event: whoever notes its hash can tell later that nothing before it was changed or cut off. While a season
 * is open it is the last one before this hour.
 */
export async function lastEvent(): Promise<ChainHead | null> {
  const [last] = await (await db())
    .select({ seq: events.seq, hash: events.hash, at })
    .from(events)
    .where(isOld)
    .orderBy(desc(events.seq))
    .limit(1);
  return last ?? null;
}
