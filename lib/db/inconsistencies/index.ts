import { sql } from 'drizzle-orm';
import 'server-only';
import { z } from 'zod';
import { execute } from '../client.ts';
import { evaluationInconsistencies } from './evaluations.ts';
import { eventInconsistencies } from './events.ts';
import type { Inconsistency, Look } from './inconsistency.ts';
import { queueInconsistencies } from './queue.ts';

export type { Inconsistency };

/** Every way in which rows may not fit together. What comes earlier is mended earlier: later ones build on it. */
export const inconsistencies: readonly Inconsistency[] = [
  ...queueInconsistencies,
  ...evaluationInconsistencies,
  ...eventInconsistencies,
];

/** So many of each are found at once. */
const atOnce = 100;

/** Those of these inconsistencies that are there, in the order of the list: one statement. */
export async function findInconsistent(
  sought: readonly Inconsistency[],
  look: Look,
): Promise<{ inconsistency: Inconsistency; id: string }[]> {
  const finds = sought.map(
    ({ find }, place) => sql`(select ${place}::int as place, found.id from (${find(look)}) found limit ${atOnce}::int)`,
  );
  const rows = await execute(
    z.object({ place: z.int(), id: z.uuid() }),
    sql`${sql.join(finds, sql` union all `)} order by place`,
  );
  return rows.map(({ place, id }) => ({ inconsistency: sought[place]!, id }));
}
