import { type SQL, sql } from 'drizzle-orm';
import 'server-only';
import { canonicalJson, sha256 } from '../contract/canonical.ts';
import { execute } from './client.ts';
import { iso, postgresCode } from './values.ts';

/** What happened, to whom, and what one should know of it. Nothing personal: an event is never deleted. */
export type Event = { kind: EventKind; subject: string; data: Record<string, unknown> };
export type EventKind =
  | 'runner.enrolled'
  | 'runner.ordered'
  | 'evaluation.requested'
  | 'evaluation.refused'
  | 'evaluation.cancelled'
  | 'result.accepted'
  | 'submission.created'
  | 'submission.withdrawn'
  | 'audit.ended';

/** What the first event follows. */
export const beforeTheFirst = 'sha256:0';

/** An event's hash covers the hash of the one before. */
export const eventHash = (
  previous: string,
  { at, kind, subject, data }: Omit<Event, 'kind'> & { at: string; kind: string },
) => sha256(previous + canonicalJson({ at, kind, subject, data }));

/** Appends an event to the chain. */
export async function appendEvent(event: Event): Promise<void> {
  await changeWithEvent(event, sql`changed as (select 1 as done)`);
}

/**
 * Makes a change and appends its event, in one statement: never one without the other. `change` is a list of CTEs, one
 * of which is named `changed`; the event is appended, and the rows of `changed` come back, where it has rows.
 *
 * The link to the event before is unique, so two writers cannot both follow the same one. The second one's statement
 * fails as a whole, and is tried again.
 */
export async function changeWithEvent<Row extends Record<string, unknown>>(event: Event, change: SQL): Promise<Row[]> {
  for (let head = await chainHead(); ; ) {
    const { at, hash: previous } = head;
    const hash = await eventHash(previous, { ...event, at });
    try {
      return await execute<Row>(sql`
        with ${change}, event as (
          insert into events (at, kind, subject, data, previous_hash, hash)
          select ${at}::timestamptz, ${event.kind}, ${event.subject}, ${JSON.stringify(event.data)}::jsonb, ${previous}, ${hash}
          where exists (select 1 from changed)
        )
        select * from changed`);
    } catch (error) {
      if (postgresCode(error) !== '23505') throw error;
      head = await chainHead();
      if (head.hash === previous) throw error; // nobody else wrote: the change itself is what is not unique
    }
  }
}

type Head = { hash: string; at: string };

/** The hash of the last event, and the time by the database's clock. */
async function chainHead(): Promise<Head> {
  const [head] = await execute<Head>(sql`
    select coalesce((select hash from events order by seq desc limit 1), ${beforeTheFirst}) as hash, ${iso('now()')} as at`);
  return head!;
}
