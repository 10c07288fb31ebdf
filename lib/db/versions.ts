import { eq, isNotNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { cache } from 'react';
import 'server-only';
import { z } from 'zod';
import { submissions } from '../../drizzle/schema.ts';
import { AppError } from '../errors.ts';
import type { SignedIn } from '../viewer.ts';
import { db, execute } from './client.ts';
import { iso } from './values.ts';

/** The versions of an entry are a line: each one but the first names the one before, and none is named twice. */
const Version = z.object({
  id: z.uuid(),
  name: z.string(),
  createdAt: z.string(),
  withdrawn: z.boolean(),
});
export type Version = z.infer<typeof Version>;

/**
 * The whole line that a submission stands in, oldest first; itself alone where there is no other. Read once for all
 * parts of a page.
 */
export const versionsOf = cache(
  (id: string): Promise<Version[]> =>
    execute(
      Version,
      sql`
    with recursive older as (
      select id, previous_id, 0 as place from submissions where id = ${id}::uuid
      union all select s.id, s.previous_id, older.place - 1 from submissions s join older on s.id = older.previous_id
    ), newer as (
      select id, 0 as place from submissions where id = ${id}::uuid
      union all select s.id, newer.place + 1 from submissions s join newer on s.previous_id = newer.id
    ), line as (
      select id, place from older union select id, place from newer
    )
    select s.id, s.name, ${iso('s.created_at')} as "createdAt", s.withdrawn_at is not null as withdrawn
    from line join submissions s using (id) order by line.place`,
    ),
);

/** Throws unless the user may submit a new version of it: one's own, and the newest of its line. */
export async function requireContinuable(user: SignedIn, id: string): Promise<void> {
  const newer = alias(submissions, 'newer');
  const [found] = await (await db())
    .select({ owner: submissions.ownerId, next: newer.id })
    .from(submissions)
    .leftJoin(newer, eq(newer.previousId, submissions.id))
    .where(eq(submissions.id, id));
  if (!found) throw new AppError('not-found', `replaces: there is no submission ${id}.`);
  const { owner, next } = found;
  if (owner !== user.id) throw new AppError('forbidden', 'replaces: only its owner submits a new version of an entry.');
  if (next) throw hasNewer(id, next);
}

export const hasNewer = (id: string, next?: string) =>
  new AppError('conflict', `replaces: ${id} has a newer version${next ? `, ${next}` : ''}; replace the newest one.`);

/** Each version by the one before it. */
export async function allVersions(): Promise<Map<string, string>> {
  const rows = await (await db())
    .select({ id: submissions.id, previous: submissions.previousId })
    .from(submissions)
    .where(isNotNull(submissions.previousId));
  return new Map(rows.flatMap(({ id, previous }) => (previous ? [[id, previous]] : [])));
}

/** All versions before one of these. `previous` has each version by the one before it. */
export function olderThan(ids: Iterable<string>, previous: ReadonlyMap<string, string>): Set<string> {
  const older = new Set<string>();
  for (const id of ids)
    for (let at = previous.get(id); at !== undefined && !older.has(at); at = previous.get(at)) older.add(at);
  return older;
}
