import type { SQL } from 'drizzle-orm';
import 'server-only';
import { changeWithEvent, type Event } from '../events.ts';

/**
 * What another process may be about to do has `settleSeconds` for it. `recent`: what follows from the last minutes
 * alone.
 */
export type Look = { settleSeconds: number; recent: boolean };

/** One way in which rows may not fit together: what an older version or a crash may have left. */
export type Inconsistency = {
  /** Names it in events and in the log. */
  readonly id: string;
  /** Whose id is found. */
  readonly of: 'job' | 'evaluation' | 'submission';
  /** What is wrong with it, after its name: `job 1f…: it is leased and has no attempt`. */
  readonly words: string;
  /** Looked for at each lease too, not only when the site starts: cheap however much there is. */
  readonly atLease: boolean;
  /** Selects the `id` of each that it is true of. */
  find(look: Look): SQL;
  /** Mends one of them, with an event that says so. False where it can't be mended, or was by another. */
  mend(id: string): Promise<boolean>;
};

/** The event of what was mended. */
export const repaired = (inconsistency: string, subject: string): Event => ({
  kind: 'record.repaired',
  subject,
  data: { inconsistency },
});

/** Mends by one statement, a list of CTEs one of which is named `changed`. */
export const mendBy =
  (inconsistency: string, change: (id: string) => SQL) =>
  async (id: string): Promise<boolean> =>
    (await changeWithEvent(repaired(inconsistency, id), change(id))) > 0;
