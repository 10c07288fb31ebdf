import { type SQLWrapper, sql } from 'drizzle-orm';
import 'server-only';
import { submissions } from '../../drizzle/schema.ts';

/** Whether a submission tells no author yet. Its day begins at midnight, UTC. */
export const isAnonymous = (until: SQLWrapper = submissions.anonymousUntil) =>
  sql<boolean>`coalesce(${until} > (now() at time zone 'utc')::date, false)`;

/** The day, while the author is withheld; else null. */
export const withheldUntil = (until: SQLWrapper = submissions.anonymousUntil) =>
  sql<string | null>`case when ${isAnonymous(until)} then to_char(${until}, 'YYYY-MM-DD') end`;

/** What everybody reads as a submission's author. No read that is for others takes the name from anywhere else. */
export const authorShown = (name: SQLWrapper, until?: SQLWrapper) =>
  sql<string>`coalesce('anonymous until ' || ${withheldUntil(until)}, ${name})`;
