import { sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { submissions } from '../../drizzle/schema.ts';
import { AppError } from '../errors.ts';
import type { SignedIn } from '../viewer.ts';
import { withheldUntil } from './author-shown.ts';
import { execute } from './client.ts';
import { changeWithEvent } from './events.ts';
import { requireSubmission } from './submissions.ts';
import { textArray } from './values.ts';
import { versionsOf } from './versions.ts';

/** So long may an author be withheld: a review, and the next one. */
const longestYears = 2;

/**
 * The day until which a new submission withholds its author, or null. A new version withholds what the one before
 * withholds: a line of versions is one author's. Throws `invalid` for a day that is past or too far, and `conflict`
 * where the line is told already, or until another day.
 */
export async function anonymousDay(asked: string | undefined, previous: string | null): Promise<string | null> {
  const [row] = await execute(
    z.object({ before: z.string().nullable(), soonest: z.string(), latest: z.string() }),
    sql`select (select ${withheldUntil()} from ${submissions} where ${submissions.id} = ${previous}::uuid) as before,
      to_char((now() at time zone 'utc')::date + 1, 'YYYY-MM-DD') as soonest,
      to_char((now() at time zone 'utc')::date + make_interval(years => ${longestYears}::int), 'YYYY-MM-DD') as latest`,
  );
  const { before, soonest, latest } = row!;
  if (!asked) return before;
  if (asked < soonest || asked > latest)
    throw new AppError('invalid', `anonymousUntil: a day from ${soonest} to ${latest} is wanted, not ${asked}.`);
  if (previous && before === null)
    throw new AppError('conflict', 'anonymousUntil: the version before this one names its author already.');
  if (previous && before !== asked)
    throw new AppError(
      'conflict',
      `anonymousUntil: the version before this one is anonymous until ${before}; so is this.`,
    );
  return asked;
}

/**
 * Names the author of a submission, and of all its versions, before the day. Its owner's alone; said twice, it counts
 * once.
 */
export async function tellAuthor(id: string, viewer: SignedIn): Promise<void> {
  const { mine } = await requireSubmission(id, viewer);
  if (!mine) throw new AppError('forbidden', 'Only its owner says whose a submission is.');
  const line = (await versionsOf(id)).map((version) => version.id);
  await changeWithEvent(
    { kind: 'submission.named', subject: id, data: {} },
    sql`changed as (
      update submissions set anonymous_until = null
      where id::text = any(${textArray(line)}) and anonymous_until is not null returning id
    )`,
  );
}
