import { sql } from 'drizzle-orm';
import 'server-only';
import { canonicalJson, sha256 } from '../contract/canonical.ts';
import { execute } from './client.ts';
import { iso, postgresCode } from './values.ts';

/** What happened, to whom, and what one should know of it. Nothing personal: an event is never deleted. */
export type Event = { kind: EventKind; subject: string; data: Record<string, unknown> };
export type EventKind =
  | 'runner.enrolled'
  | 'evaluation.requested'
  | 'evaluation.refused'
  | 'evaluation.cancelled'
  | 'result.accepted'
  | 'submission.created'
  | 'submission.withdrawn';

const beforeTheFirst = 'sha256:0';

const hashOf = (previous: string, event: Event & { at: string }) =>
  sha256(previous + canonicalJson({ at: event.at, kind: event.kind, subject: event.subject, data: event.data }));

/**
 * Appends to the chain: each event's hash covers the one before. The link to the one before is unique, so two writers
 * cannot both follow the same event; the second one tries again.
 */
export async function appendEvent(event: Event): Promise<void> {
  for (;;) {
    const [last] = await execute<{ hash: string | null; at: string }>(sql`
      select (select hash from events order by seq desc limit 1) as hash, ${iso('now()')} as at`);
    const previous = last!.hash ?? beforeTheFirst;
    const hash = await hashOf(previous, { ...event, at: last!.at });
    try {
      await execute(sql`
        insert into events (at, kind, subject, data, previous_hash, hash)
        values (${last!.at}::timestamptz, ${event.kind}, ${event.subject}, ${JSON.stringify(event.data)}::jsonb, ${previous}, ${hash})`);
      return;
    } catch (error) {
      if (postgresCode(error) !== '23505') throw error;
    }
  }
}

/**
 * The number of the first event that was changed, removed or put in, or null where the chain is whole. What was cut off
 * its end cannot be seen: publish the last hash.
 */
export async function brokenEvent(): Promise<number | null> {
  let previous = beforeTheFirst;
  for (let after = 0; ; ) {
    const page = await execute<Event & { seq: number; at: string; previous: string; hash: string }>(sql`
      select seq::int as seq, ${iso('at')} as at, kind, subject, data, previous_hash as previous, hash from events where seq > ${after} order by seq limit 1000`);
    for (const event of page) {
      if (event.previous !== previous || event.hash !== (await hashOf(previous, event))) return event.seq;
      previous = event.hash;
      after = event.seq;
    }
    if (page.length === 0) return null;
  }
}
