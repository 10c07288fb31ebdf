import { type SQL, sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { canonicalJson, sha256 } from '../contract/canonical.ts';
import { beforeCommit, countRows, execute } from './client.ts';
import { iso, postgresCode } from './values.ts';

/** What happened, to whom, and what one should know of it. Nothing personal: an event is never deleted. */
export type Event = { kind: EventKind; subject: string; data: Record<string, unknown> };
type EventKind =
  | 'runner.enrolled'
  | 'runner.ordered'
  | 'evaluation.requested'
  | 'evaluation.imported'
  | 'evaluation.admitted'
  | 'evaluation.refused'
  | 'evaluation.cancelled'
  | 'result.accepted'
  | 'submission.created'
  | 'submission.withdrawn'
  | 'submission.named'
  | 'check.ended'
  | 'check.asked'
  | 'check.decided'
  | 'season.begun'
  | 'season.opened'
  | 'season.runner-added'
  | 'season.closing'
  | 'season.closed'
  | 'season.imported'
  | 'season.entered'
  | 'season.withdrawn'
  | 'season.reviewed'
  | 'season.disputed'
  | 'season.answered'
  | 'record.repaired'
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
  await changeWithEvent(event, nothingElse);
}

const nothingElse = sql`changed as (select 1 as done)`;

/**
 * Makes a change and appends its event: never one without the other. `change` is a list of CTEs, one of which is named
 * `changed`. The event is appended where `changed` has rows; how many it has is returned.
 *
 * It is one statement. Within `oneAtATime` the event is appended when all else of the transaction is done.
 */
export async function changeWithEvent(event: Event, change: SQL): Promise<number> {
  let changed = 0;
  const within = beforeCommit(async () => {
    if (changed > 0) await chained(event, nothingElse);
  });
  if (!within) return inTurn(() => chained(event, change));
  changed = await countRows(sql`with ${change} select 1 from changed`);
  return changed;
}

/** The last of those who wait for their turn. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * One writer of this process after the other: else of many at once all but one do their statement again, and all but
 * one of those. A transaction does not wait for its turn: somebody whose turn it is may wait for it.
 */
function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const mine = turn.then(work, work);
  turn = mine;
  mine.catch(() => undefined);
  return mine;
}

/**
 * The link to the event before is unique, so two writers cannot both follow the same one. The second one's statement
 * fails as a whole, and is tried again. So is one that waits for another that waits for it.
 */
async function chained(event: Event, change: SQL): Promise<number> {
  for (let head = await chainHead(); ; ) {
    const { at, hash: previous } = head;
    const hash = await eventHash(previous, { ...event, at });
    try {
      return await countRows(sql`
        with ${change}, event as (
          insert into events (at, kind, subject, data, previous_hash, hash)
          select ${at}::timestamptz, ${event.kind}, ${event.subject}, ${JSON.stringify(event.data)}::jsonb, ${previous}, ${hash}
          where exists (select 1 from changed)
        )
        select 1 from changed`);
    } catch (error) {
      const code = postgresCode(error);
      if (code === deadlock) continue;
      if (code !== notUnique) throw error;
      head = await chainHead();
      if (head.hash === previous) throw error; // nobody else wrote: the change itself is what is not unique
    }
  }
}

const notUnique = '23505';
const deadlock = '40P01';

const Head = z.object({ hash: z.string(), at: z.iso.datetime() });

/** The hash of the last event, and the time by the database's clock. */
async function chainHead(): Promise<z.infer<typeof Head>> {
  const [head] = await execute(
    Head,
    sql`select coalesce((select hash from events order by seq desc limit 1), ${beforeTheFirst}) as hash, ${iso('now()')} as at`,
  );
  return head!;
}
