import type { SQL } from 'drizzle-orm';
import 'server-only';
import { changeWithEvent, type Event } from '../events.ts';

/** One way in which rows may not fit together: what an older version or a crash may have left. */
export type Inconsistency = {
  /** Names it in events and in the log. */
  readonly id: string;
  /** Whose id is found. */
  readonly of: 'job' | 'evaluation' | 'submission';
  /** What is wrong with it, after its name: `job 1f…: it is leased and has no attempt`. */
  readonly words: string;
  /** Looked for at each lease, not only when the site starts: it is cheap however much there is. */
  readonly atLease: boolean;
  /**
   * Selects the `id` of each that it is true of. What another process may be about to do has so many seconds for it,
   * after what it follows from.
   */
  find(settleSeconds: number): SQL;
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
